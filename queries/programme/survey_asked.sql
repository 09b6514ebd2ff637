-- One row per duo, role and wave that the duo reached by the day `as_of`, of a questionnaire that went out, with its response where one came in by then.
-- Entry is reached by starting, end by ending, alumni twelve months after the end. The duos asked are those that started in an
-- export's days; a questionnaire that nobody answered in the year didn't go out.
with asked_duos as (
  select distinct d.duo_id
  from programme.duos d
  join staging.survey_exports e
    on d.started_on >= coalesce(e.started_from, d.started_on) and d.started_on <= coalesce(e.started_to, d.started_on)
),
reached as (
  select d.duo_id, d.mentee_id, d.mentor_id, d.branch_id, w.wave,
    case w.wave
      when 'entry' then d.started_on
      when 'end' then d.ended_on
      when 'alumni' then add_months(d.ended_on, 12)
    end as reached_on
  from programme.duos d
  join asked_duos ad on ad.duo_id = d.duo_id
  cross join (values ('entry'), ('end'), ('alumni')) as w(wave)
),
sides as (
  select duo_id, 'mentee' as role, mentee_id as person_id, branch_id, wave, reached_on from reached
  union all
  select duo_id, 'mentor', mentor_id, branch_id, wave, reached_on from reached
),
invited as (
  select *
  from sides
  where reached_on <= cast($as_of as date) and person_id is not null
),
responses as (
  select *
  from staging.survey_responses
  where submitted_on is null or submitted_on <= cast($as_of as date)
),
answered as (
  select
    i.duo_id, i.role, i.wave, i.person_id, i.branch_id, i.reached_on,
    r.response_id, r.submitted_on,
    case when r.response_id is null then 'none' when r.complete then 'complete' else 'partial' end as status
  from invited i
  left join responses r on r.duo_id = i.duo_id and r.role = i.role and r.wave = i.wave
),
sent as (
  select distinct role, wave, cast(extract(year from reached_on) as integer) as year
  from answered
  where status <> 'none'
)
select a.duo_id, a.role, a.wave, a.person_id, a.branch_id, a.reached_on, a.response_id, a.submitted_on, a.status
from answered a
join sent s on s.role = a.role and s.wave = a.wave and s.year = cast(extract(year from a.reached_on) as integer)
