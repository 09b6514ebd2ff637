-- One row per duo that started before the programme did.
select
  file_id, source_row, 'started_on' as field, cast(started_on as varchar) as value, cast($programme_from as varchar) as detail
from incoming.duos
where started_on < cast($programme_from as date)
