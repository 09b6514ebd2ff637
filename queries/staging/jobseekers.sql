-- One row per jobseeker of a register that no row rule rejects.
with arrived as (
  select * from incoming.jobseekers
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.register,
  arrived.person_number,
  arrived.birth_on,
  arrived.gender,
  arrived.origin,
  arrived.qualification,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
