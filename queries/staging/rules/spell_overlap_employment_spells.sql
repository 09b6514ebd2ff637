-- One row per row of employment_spells that begins before an earlier spell of the same person has ended.
with spells as (
  select file_id, source_row, register, person_number, from_on, to_on
  from incoming.crowded_employment_spells as arrived
  where from_on is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'employment_spells' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
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
