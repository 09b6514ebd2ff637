-- One row per text that a spreadsheet writes for a formula that failed: #N/A, #REF!, #VALEUR!, #DEEL/0!.
with texts as (
  select file_id, source_row, 'region' as field, region as value from incoming.budget
  union all
  select file_id, source_row, 'item' as field, item as value from incoming.budget
  union all
  select file_id, source_row, 'funder' as field, funder as value from incoming.budget
)
select file_id, source_row, field, value, '' as detail
from texts
where value like '#%' and regexp_full_match(value, '#(N/[AB]|[A-Z]+(/0)?[!?])')
