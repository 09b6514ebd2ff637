-- One row per text that a spreadsheet writes for a formula that failed: #N/A, #REF!, #VALEUR!, #DEEL/0!.
select file_id, source_row, 'person_number' as field, person_number as value, '' as detail
from incoming.jobseekers
where person_number like '#%' and regexp_full_match(person_number, '#(N/[AB]|[A-Z]+(/0)?[!?])')
