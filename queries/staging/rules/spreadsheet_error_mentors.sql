-- One row per text that a spreadsheet writes for a formula that failed: #N/A, #REF!, #VALEUR!, #DEEL/0!.
with texts as (
  select file_id, source_row, 'mentor_id' as field, mentor_id as value from incoming.mentors
  union all
  select file_id, source_row, 'former_sector' as field, former_sector as value from incoming.mentors
)
select file_id, source_row, field, value, '' as detail
from texts
where value like '#%' and regexp_full_match(value, '#(N/[AB]|[A-Z]+(/0)?[!?])')
