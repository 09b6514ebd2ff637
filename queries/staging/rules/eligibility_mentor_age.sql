-- One row per duo whose mentor had not reached the programme's age on the day it started.
with started as (
  select file_id, source_row, mentor_id, started_on from incoming.duos where started_on is not null
),
aged as (
  select started.file_id, started.source_row, started.started_on, mentors.birth_on
  from started
  join staging.mentors as mentors on mentors.mentor_id = started.mentor_id
)
select file_id, source_row, 'started_on' as field, cast(started_on as varchar) as value, cast(birth_on as varchar) as detail
from aged
where started_on < add_months(birth_on, 12 * cast($mentor_from as integer))
