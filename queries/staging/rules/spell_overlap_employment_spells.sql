-- One row per row of employment_spells that begins before an earlier spell of the same person has ended.
with spells as (
  select file_id, source_row, register, person_number, from_on, to_on
  from incoming.employment_spells
  where person_number is not null and from_on is not null
),
earlier as (
  select
    *,
    max(coalesce(to_on, date '9999-12-31')) over (
      partition by register, person_number order by from_on, file_id, source_row
      rows between unbounded preceding and 1 preceding
    ) as latest_end
  from spells
)
select file_id, source_row, 'from_on' as field, cast(from_on as varchar) as value, '' as detail
from earlier
where from_on <= latest_end
