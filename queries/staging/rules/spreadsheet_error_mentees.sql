-- One row per text that a spreadsheet writes for a formula that failed: #N/A, #REF!, #VALEUR!, #DEEL/0!.
with texts as (
  select file_id, source_row, 'mentee_id' as field, mentee_id as value from incoming.mentees
  union all
  select file_id, source_row, 'person_number' as field, person_number as value from incoming.mentees
)
select file_id, source_row, field, value, '' as detail
from texts
where value like '#%' and regexp_full_match(value, '#(N/[AB]|[A-Z]+(/0)?[!?])')
