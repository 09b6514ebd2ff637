-- One row per row of employment_spells that begins before an earlier spell of the same person has ended; which those are is found by comparing each person's spells.
select
  spells.file_id,
  spells.source_row,
  'from_on' as field,
  cast(date '1970-01-01' + spells.from_day as varchar) as value,
  '' as detail
from incoming.overlapping_employment_spells as spells
where not exists (
  select 1 from incoming.problems
  where table_name = 'employment_spells' and severity = 'reject'
    and problems.file_id = spells.file_id and problems.source_row = spells.source_row
)
