-- One row per arm and month of follow-up: distinct persons, those placed for the first time in it (in the earliest of their rows).
with arms (arm, name) as (
  values (1, 'participants'), (0, 'controls')
),
persons as (
  select
    a.name as arm,
    f.person_key,
    min(case when f.cause = 1 then f.follow_up_month end) as placed_in
  from risk.follow_up f
  join patterns.keyed k on k.person_key = f.person_key and k.month = f.month
  join patterns.patterns p on p.key = k.key
  join arms a on a.arm = p.arm
  group by a.name, f.person_key
),
months as (
  select distinct follow_up_month from risk.follow_up
)
select
  p.arm,
  m.follow_up_month,
  count(*) as persons,
  cast(sum(case when p.placed_in = m.follow_up_month then 1 else 0 end) as bigint) as placed
from persons p
cross join months m
group by p.arm, m.follow_up_month
