-- One row per step of a mentee that is dated before the step that goes ahead of it.
with steps as (
  select file_id, source_row, 'intake_on' as field, intake_on as dated_on, info_session_on as earlier_on from incoming.mentees
)
select file_id, source_row, field, cast(dated_on as varchar) as value, cast(earlier_on as varchar) as detail
from steps
where dated_on < earlier_on
