-- One row per role, wave, place and period in which the duos reached the wave: the duos, those with a complete and with a partial response, and the distinct persons who answered completely.
with asked as (
  select
    a.role, a.wave, pl.region, pl.dimension, pl.level, p.period,
    count(*) as invited,
    count(case when a.status = 'complete' then 1 end) as complete,
    count(case when a.status = 'partial' then 1 end) as partial
  from programme.survey_asked a
  join programme.places pl on pl.branch_id = a.branch_id
  join programme.periods p on p.year = cast(extract(year from a.reached_on) as integer)
  group by a.role, a.wave, pl.region, pl.dimension, pl.level, p.period
),
respondents as (
  select r.role, r.wave, pl.region, pl.dimension, pl.level, r.period, count(*) as persons
  from programme.survey_respondents r
  join programme.places pl on pl.branch_id = r.branch_id
  group by r.role, r.wave, pl.region, pl.dimension, pl.level, r.period
)
select
  a.role, a.wave, a.region, a.dimension, a.level, a.period, a.invited, a.complete, a.partial,
  coalesce(r.persons, 0) as persons
from asked a
left join respondents r
  on r.role = a.role and r.wave = a.wave and r.region = a.region and r.dimension = a.dimension and r.level = a.level
  and r.period = a.period
