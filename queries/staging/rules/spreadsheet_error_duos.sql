-- One row per text that a spreadsheet writes for a formula that failed: #N/A, #REF!, #VALEUR!, #DEEL/0!.
select file_id, source_row, 'duo_id' as field, duo_id as value, '' as detail
from incoming.duos
where duo_id like '#%' and regexp_full_match(duo_id, '#(N/[AB]|[A-Z]+(/0)?[!?])')
