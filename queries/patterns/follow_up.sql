-- One row per matched pattern, month of follow-up and cause of leaving it, numbered from 0: how many person-months leave so.
with counted as (
  select k.key, f.follow_up_month, f.cause, count(*) as rows
  from risk.follow_up f
  join patterns.keyed k on k.person_key = f.person_key and k.month = f.month
  group by k.key, f.follow_up_month, f.cause
)
select
  key,
  follow_up_month,
  cause,
  cast(row_number() over (order by key, follow_up_month, cause) - 1 as integer) as position,
  rows
from counted
