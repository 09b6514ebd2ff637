-- One row per declared outcome that no row rule rejects.
with arrived as (
  select * from incoming.declared_outcomes
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.duo_id,
  arrived.declared_on,
  arrived.solution,
  arrived.solution_on,
  arrived.contract_months,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
