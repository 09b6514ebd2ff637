-- One row per duo that lasted more than about six months (the sixth month and a month of grace).
select file_id, source_row, 'ended_on' as field, cast(ended_on as varchar) as value, cast(started_on as varchar) as detail
from incoming.duos
where ended_on > add_months(started_on, 7)
