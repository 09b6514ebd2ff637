-- One row per file, register, month of the first day and code of employment spells: accepted rows, and those with a value in each other column.
with by_day as (
  select
    file_id,
    register,
    from_on,
    contract,
    count(*) as rows,
    count(person_number) as person_number_filled,
    count(to_on) as to_on_filled,
    count(contract_months) as contract_months_filled,
    count(work_fraction) as work_fraction_filled
  from incoming.employment_spells
  group by file_id, register, from_on, contract
),
placed as (
  select *, month_number(from_on) as month from by_day
)
select
  file_id,
  register,
  month,
  contract,
  cast(sum(rows) as bigint) as rows,
  cast(sum(person_number_filled) as bigint) as person_number_filled,
  cast(sum(to_on_filled) as bigint) as to_on_filled,
  cast(sum(contract_months_filled) as bigint) as contract_months_filled,
  cast(sum(work_fraction_filled) as bigint) as work_fraction_filled,
  max(from_on) as latest_on
from placed
group by file_id, register, month, contract
