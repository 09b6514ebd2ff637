-- One row per linked participant of the study: the day of the start, numbered from 0 within its month.
with participants as (
  select month, started_on, mentee_id, person_key
  from risk.duos
  where reason is null
)
select
  month,
  cast(row_number() over (partition by month order by started_on, mentee_id) - 1 as integer) as ordinal,
  started_on,
  person_key
from participants
