-- One row per row of employment_spells that ends before it begins.
select file_id, source_row, 'to_on' as field, cast(to_on as varchar) as value, cast(from_on as varchar) as detail
from incoming.employment_spells
where to_on < from_on
