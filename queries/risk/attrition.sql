-- One row per outcome, arm and reason, in the order in which the reasons are asked: `received` less the reasons is `analysed`.
-- Participants are counted in duos, controls in person-months of the index months (rows) and in persons.
with reasons (arm, ordinal, reason) as (
  values
    ('participants', 0, 'received'),
    ('participants', 1, 'not_started'),
    ('participants', 2, 'later_duo'),
    ('participants', 3, 'same_person'),
    ('participants', 4, 'other_region'),
    ('participants', 5, 'other_years'),
    ('participants', 6, 'unlinked'),
    ('participants', 7, 'origin'),
    ('participants', 8, 'not_registered'),
    ('participants', 9, 'in_work'),
    ('participants', 10, 'age'),
    ('participants', 11, 'immature'),
    ('participants', 12, 'analysed'),
    ('controls', 0, 'received'),
    ('controls', 1, 'already_participant'),
    ('controls', 2, 'origin'),
    ('controls', 3, 'not_registered'),
    ('controls', 4, 'in_work'),
    ('controls', 5, 'age'),
    ('controls', 6, 'not_drawn'),
    ('controls', 7, 'immature'),
    ('controls', 8, 'analysed')
),
duos as (
  select 'participants' as arm, 'received' as reason, count(*) as rows, count(distinct person) as persons
  from risk.duos
  union all
  select 'participants', reason, count(*), count(distinct person)
  from risk.duos
  where reason is not null
  group by reason
),
tested as (
  select
    case when arm = 1 then 'participants' else 'controls' end as arm,
    reason,
    count(*) as rows,
    count(distinct person_key) as persons
  from risk.tested
  where reason is not null
  group by case when arm = 1 then 'participants' else 'controls' end, reason
),
calendar as (
  select count(*) as months from risk.index_months
),
started as (
  select f.person_key, count(*) as months
  from risk.first_starts f
  join risk.index_months m on m.month >= f.month
  group by f.person_key
),
registered as (
  select person_key, count(*) as months
  from risk.tested
  where arm = 0
  group by person_key
),
jobseekers as (
  select
    k.months,
    coalesce(s.months, 0) as started,
    case when p.eligible_origin then 0 else k.months - coalesce(s.months, 0) end as of_other_origin,
    case when p.eligible_origin then k.months - coalesce(s.months, 0) - coalesce(r.months, 0) else 0 end as unregistered
  from risk.persons p
  cross join calendar k
  left join started s on s.person_key = p.person_key
  left join registered r on r.person_key = p.person_key
),
person_months as (
  select 'controls' as arm, 'received' as reason, sum(months) as rows, sum(case when months > 0 then 1 else 0 end) as persons
  from jobseekers
  union all
  select 'controls', 'already_participant', sum(started), sum(case when started > 0 then 1 else 0 end)
  from jobseekers
  union all
  select 'controls', 'origin', sum(of_other_origin), sum(case when of_other_origin > 0 then 1 else 0 end)
  from jobseekers
  union all
  select 'controls', 'not_registered', sum(unregistered), sum(case when unregistered > 0 then 1 else 0 end)
  from jobseekers
),
every_outcome as (
  select o.definition, o.after, c.arm, c.reason, c.rows, c.persons
  from settings.outcomes o
  cross join (
    select * from duos
    union all
    select * from tested
    union all
    select * from person_months
  ) c
),
by_outcome as (
  select
    y.definition,
    y.after,
    case when p.arm = 1 then 'participants' else 'controls' end as arm,
    case when y.mature then 'analysed' else 'immature' end as reason,
    count(*) as rows,
    count(distinct p.person_key) as persons
  from risk.person_months p
  join risk.maturity y on y.month = p.month
  group by y.definition, y.after, p.arm, y.mature
),
counted as (
  select * from every_outcome
  union all
  select * from by_outcome
)
select
  o.definition,
  o.after,
  r.arm,
  r.ordinal,
  r.reason,
  cast(coalesce(c.rows, 0) as bigint) as rows,
  cast(coalesce(c.persons, 0) as bigint) as persons
from settings.outcomes o
cross join reasons r
left join counted c
  on c.definition = o.definition and c.after = o.after and c.arm = r.arm and c.reason = r.reason
