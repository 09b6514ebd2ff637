-- One row per row of jobseeker_spells that begins before an earlier spell of the same person has ended.
with spells as (
  select file_id, source_row, register, person_number, from_on, to_on
  from incoming.jobseeker_spells as spells
  where from_on is not null
    and exists (
      select 1 from incoming.crowded_jobseeker_spells as crowded
      where crowded.register = spells.register and crowded.person_number = spells.person_number
    )
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
