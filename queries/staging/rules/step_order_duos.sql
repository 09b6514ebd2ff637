-- One row per step of a duo that is dated before the step that goes ahead of it.
with steps as (
  select file_id, source_row, 'first_meeting_on' as field, first_meeting_on as dated_on, matched_on as earlier_on from incoming.duos
  union all
  select file_id, source_row, 'started_on' as field, started_on as dated_on, coalesce(first_meeting_on, matched_on) as earlier_on from incoming.duos
  union all
  select file_id, source_row, 'assessed_on' as field, assessed_on as dated_on, coalesce(ended_on, started_on) as earlier_on from incoming.duos
)
select file_id, source_row, field, cast(dated_on as varchar) as value, cast(earlier_on as varchar) as detail
from steps
where dated_on < earlier_on
