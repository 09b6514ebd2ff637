-- One row per mentee that no row rule rejects.
with arrived as (
  select * from incoming.mentees
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.mentee_id,
  arrived.branch_id,
  arrived.person_number,
  arrived.birth_on,
  arrived.gender,
  arrived.origin,
  arrived.qualification,
  arrived.info_session_on,
  arrived.intake_on,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
