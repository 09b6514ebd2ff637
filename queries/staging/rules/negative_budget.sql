-- One row per amount below zero.
select file_id, source_row, 'amount_eur' as field, cast(amount_eur as varchar) as value, '' as detail
from incoming.budget
where amount_eur < 0
