-- One row per duo that ended before it started.
select file_id, source_row, 'ended_on' as field, cast(ended_on as varchar) as value, cast(started_on as varchar) as detail
from incoming.duos
where ended_on < started_on
