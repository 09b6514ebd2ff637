-- One row per employment spell of a person who has one that begins before an earlier one has ended.
with spells as (
  select file_id, source_row, register, person_number, from_on, to_on
  from incoming.employment_spells
  where person_number is not null and from_on is not null
),
earlier as (
  select
    register,
    person_number,
    from_on,
    max(coalesce(to_on, date '9999-12-31')) over (
      partition by register, person_number order by from_on, file_id, source_row
      rows between unbounded preceding and 1 preceding
    ) as latest_end
  from spells
),
crowded as (
  select distinct register, person_number from earlier where from_on <= latest_end
)
select arrived.*
from incoming.employment_spells as arrived
where exists (
  select 1 from crowded
  where crowded.register = arrived.register and crowded.person_number = arrived.person_number
)
