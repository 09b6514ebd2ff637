-- One row per period, role, wave, respondent and item answered on a scale, with the respondent's region; the scale doesn't say who it was.
with scores as (
  select r.period, r.role, r.wave, pl.region, r.response_id, a.item, a.number
  from programme.survey_respondents r
  join programme.places pl on pl.branch_id = r.branch_id and pl.dimension = 'total' and pl.region <> 'network'
  join staging.survey_answers a on a.response_id = r.response_id
  where a.number is not null
)
select period, role, wave, region, response_id, item, number
from scores
