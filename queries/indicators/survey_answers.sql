-- One row per role, wave, region or network, period, item and answer: persons who gave it, its number on the scale, and persons who gave any answer to the item.
with given as (
  select r.role, r.wave, pl.region, r.period, a.item, a.code, a.number, r.person_id
  from programme.survey_respondents r
  join programme.places pl on pl.branch_id = r.branch_id and pl.dimension = 'total'
  join staging.survey_answers a on a.response_id = r.response_id
),
items as (
  select role, wave, region, period, item, count(distinct person_id) as answered
  from given
  group by role, wave, region, period, item
),
codes as (
  select role, wave, region, period, item, code, max(number) as number, count(distinct person_id) as persons
  from given
  group by role, wave, region, period, item, code
)
select c.role, c.wave, c.region, c.period, c.item, c.code, c.number, c.persons, i.answered
from codes c
join items i
  on i.role = c.role and i.wave = c.wave and i.region = c.region and i.period = c.period and i.item = c.item
