-- One row per approved quote of a complete response that was counted in a year: what was said on which item, by which role in which region; and how many persons of that role answered in the year, there and in all.
with counted as (
  select r.period, r.role, r.person_id, r.response_id, b.region
  from programme.survey_respondents r
  join staging.branches b on b.branch_id = r.branch_id
  where r.period not like '%-%'
),
regions as (
  select period, role, region, count(distinct person_id) as respondents
  from counted
  group by period, role, region
),
network as (
  select period, role, count(distinct person_id) as respondents
  from counted
  group by period, role
)
select
  c.period, c.region, c.role, q.item, q.response_id, q.text, r.respondents,
  n.respondents as network_respondents
from staging.survey_quotes q
join counted c on c.response_id = q.response_id
join regions r on r.period = c.period and r.role = c.role and r.region = c.region
join network n on n.period = c.period and n.role = c.role
