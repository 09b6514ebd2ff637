-- One row per row of employment_spells that begins before an earlier spell of the same person has ended.
select
  compared.file_id,
  compared.source_row,
  'from_on' as field,
  cast(compared.from_on as varchar) as value,
  '' as detail
from incoming.compared_employment_spells as compared
where compared.is_within
  and not exists (
    select 1 from incoming.problems
    where table_name = 'employment_spells' and severity = 'reject'
      and problems.file_id = compared.file_id and problems.source_row = compared.source_row
  )
