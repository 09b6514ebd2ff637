-- One row per file, register, month of the first day and code of jobseeker spells: accepted rows, and those with a value in each other column.
with by_day as (
  select
    file_id,
    register,
    from_on,
    exit,
    count(*) as rows,
    count(person_number) as person_number_filled,
    count(to_on) as to_on_filled
  from incoming.jobseeker_spells
  group by file_id, register, from_on, exit
),
placed as (
  select *, month_number(from_on) as month from by_day
)
select
  file_id,
  register,
  month,
  exit,
  cast(sum(rows) as bigint) as rows,
  cast(sum(person_number_filled) as bigint) as person_number_filled,
  cast(sum(to_on_filled) as bigint) as to_on_filled,
  max(from_on) as latest_on
from placed
group by file_id, register, month, exit
