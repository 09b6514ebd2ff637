-- One row per period, role, wave and person who answered completely: a person who answered for several duos of a period counts once, with the last response.
with answered as (
  select
    p.period, a.role, a.wave, a.person_id, a.branch_id, a.response_id,
    row_number() over (
      partition by p.period, a.role, a.wave, a.person_id
      order by case when a.submitted_on is null then 1 else 0 end, a.submitted_on desc, a.reached_on desc, a.response_id desc
    ) as nth
  from programme.survey_asked a
  join programme.periods p on p.year = cast(extract(year from a.reached_on) as integer)
  where a.status = 'complete'
)
select period, role, wave, person_id, branch_id, response_id
from answered
where nth = 1
