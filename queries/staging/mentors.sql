-- One row per mentor that no row rule rejects.
with arrived as (
  select * from incoming.mentors
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.mentor_id,
  arrived.branch_id,
  arrived.birth_on,
  arrived.gender,
  arrived.former_sector,
  arrived.info_session_on,
  arrived.intake_on,
  arrived.trained_on,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
