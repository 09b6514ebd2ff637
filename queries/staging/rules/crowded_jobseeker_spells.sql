-- One row per person of a register who has a row of jobseeker_spells that begins before an earlier one has ended.
with spells as (
  select file_id, source_row, register, person_number, from_on, to_on
  from incoming.jobseeker_spells
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
)
select distinct register, person_number
from earlier
where from_on <= latest_end
