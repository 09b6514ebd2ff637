-- One row per role, place, period of entry and step: persons who entered the programme then and reached the step, and what the wait since the step before was.
with placed as (
  select s.role, pl.region, pl.dimension, pl.level, p.period, s.step, s.person_id, s.reached_on
  from programme.steps s
  join programme.places pl on pl.branch_id = s.branch_id
  join programme.periods p on p.year = cast(extract(year from s.entered_on) as integer)
),
waits as (
  select
    role, region, dimension, level, period, step, person_id,
    reached_on - lag(reached_on) over (
      partition by role, region, dimension, level, period, person_id order by step
    ) as days
  from placed
)
select
  role, region, dimension, level, period,
  cast(step as integer) as step,
  count(distinct person_id) as persons,
  count(case when days >= 0 then person_id end) as waited,
  cast(percentile_cont(0.5) within group (order by case when days >= 0 then days end) as double) as median_days
from waits
group by role, region, dimension, level, period, step
