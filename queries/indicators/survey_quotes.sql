-- One row per approved quote of a complete response that was counted in a year: what was said on which item, by which role in which region; and how many persons of that role answered there in the year.
with counted as (
  select r.period, r.role, r.wave, b.region, r.response_id,
    count(*) over (partition by r.period, r.role, b.region) as respondents
  from programme.survey_respondents r
  join staging.branches b on b.branch_id = r.branch_id
  where r.period not like '%-%'
)
select c.period, c.region, c.role, q.item, q.response_id, q.text, c.respondents
from staging.survey_quotes q
join counted c on c.response_id = q.response_id
