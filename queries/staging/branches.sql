-- One row per branch that no row rule rejects.
with arrived as (
  select * from incoming.branches
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.branch_id,
  arrived.name,
  arrived.region,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
