-- One row per duo that no row rule rejects.
with arrived as (
  select * from incoming.duos
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.duo_id,
  arrived.mentee_id,
  arrived.mentor_id,
  arrived.branch_id,
  arrived.matched_on,
  arrived.first_meeting_on,
  arrived.started_on,
  arrived.ended_on,
  arrived.end_reason,
  arrived.assessed_on,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
