-- One row per text that a spreadsheet writes for a formula that failed: #N/A, #REF!, #VALEUR!, #DEEL/0!.
with texts as (
  select file_id, source_row, 'branch_id' as field, branch_id as value from incoming.branches
  union all
  select file_id, source_row, 'name' as field, name as value from incoming.branches
  union all
  select file_id, source_row, 'region' as field, region as value from incoming.branches
)
select file_id, source_row, field, value, '' as detail
from texts
where value like '#%' and regexp_full_match(value, '#(N/[AB]|[A-Z]+(/0)?[!?])')
