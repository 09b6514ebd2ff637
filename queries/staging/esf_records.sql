-- One row per participation and day on which a status on leaving was stated, unless a row rule rejects it.
with arrived as (
  select * from incoming.esf_records
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.mentee_id,
  arrived.entered_on,
  arrived.left_on,
  arrived.status_on_entry,
  arrived.qualification,
  arrived.disability,
  arrived.third_country_national,
  arrived.foreign_background,
  arrived.minority,
  arrived.homeless,
  arrived.rural,
  arrived.leaving_status_on,
  arrived.status_on_leaving,
  arrived.qualification_gained,
  arrived.status_after_6_months,
  arrived.situation_improved,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
