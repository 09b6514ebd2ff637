-- One row per duo whose mentee is younger or older than the programme's ages on the day it started.
with started as (
  select file_id, source_row, mentee_id, started_on from incoming.duos where started_on is not null
),
aged as (
  select started.file_id, started.source_row, started.started_on, mentees.birth_on
  from started
  join staging.mentees as mentees on mentees.mentee_id = started.mentee_id
)
select file_id, source_row, 'started_on' as field, cast(started_on as varchar) as value, cast(birth_on as varchar) as detail
from aged
where started_on < add_months(birth_on, 12 * cast($mentee_from as integer))
  or started_on >= add_months(birth_on, 12 * (cast($mentee_to as integer) + 1))
