-- One row per arm (and both): matched person-months and distinct persons, those with observed history, those who worked 90 days in it.
with arms (arm, name) as (
  values (1, 'participants'), (0, 'controls'), (1, 'both'), (0, 'both')
),
persons as (
  select
    a.name as arm,
    p.person_key,
    count(*) as rows,
    sum(case when p.observed then 1 else 0 end) as observed_rows,
    max(p.days90) as worked
  from risk.placebo p
  join patterns.keyed k on k.person_key = p.person_key and k.month = p.month
  join patterns.patterns q on q.key = k.key
  join arms a on a.arm = q.arm
  group by a.name, p.person_key
)
select
  arm,
  cast(sum(rows) as bigint) as rows,
  count(*) as persons,
  cast(sum(observed_rows) as bigint) as observed_rows,
  cast(sum(case when observed_rows > 0 then 1 else 0 end) as bigint) as observed_persons,
  cast(coalesce(sum(worked), 0) as bigint) as persons_worked
from persons
group by arm
