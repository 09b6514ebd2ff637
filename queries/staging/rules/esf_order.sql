-- One row per day of a participation that lies before its first day.
with dated as (
  select file_id, source_row, 'left_on' as field, left_on as dated_on, entered_on from incoming.esf_records
  union all
  select file_id, source_row, 'leaving_status_on' as field, leaving_status_on as dated_on, entered_on from incoming.esf_records
)
select file_id, source_row, field, cast(dated_on as varchar) as value, cast(entered_on as varchar) as detail
from dated
where dated_on < entered_on
