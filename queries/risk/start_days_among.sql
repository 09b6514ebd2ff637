-- One row per participant linked in the register of any service: the day of the start, numbered from 0 within its month, and the person where the register is ours.
with ours as (
  select
    started_on,
    person_key,
    cast(row_number() over (partition by started_on order by mentee_id) - 1 as integer) as nth
  from risk.duos
  where reason is null
),
every_service as (
  select month, cast(started_on as date) as started_on, nth
  from patterns.common_days
)
select
  e.month,
  cast(row_number() over (partition by e.month order by e.started_on, e.nth) - 1 as integer) as ordinal,
  e.started_on,
  o.person_key
from every_service e
left join ours o on o.started_on = e.started_on and o.nth = e.nth
