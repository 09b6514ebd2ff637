-- One row per file, register, month of the first day and code of employment spells: accepted rows, and those with a value in each other column.
with arrived as (
  select *, month_number(from_on) as month from incoming.employment_spells
)
select
  file_id,
  register,
  month,
  contract,
  count(*) as rows,
  count(person_number) as person_number_filled,
  count(to_on) as to_on_filled,
  count(contract_months) as contract_months_filled,
  count(work_fraction) as work_fraction_filled,
  max(from_on) as latest_on
from arrived
group by file_id, register, month, contract
