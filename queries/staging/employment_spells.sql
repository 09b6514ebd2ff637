-- One row per employment spell that no row rule rejects.
with arrived as (
  select * from incoming.employment_spells
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.register,
  arrived.person_number,
  arrived.from_on,
  arrived.to_on,
  arrived.contract,
  arrived.contract_months,
  arrived.work_fraction,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
