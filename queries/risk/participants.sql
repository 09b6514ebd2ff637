-- One row per participant of the study: who, the cohort year, and what became of them on the way to the primary outcome.
with study as (
  select mentee_id, person_key, month, extract(year from started_on) as cohort_year, reason
  from risk.duos
  where first_of_person and (reason is null or reason = 'unlinked')
),
mature as (
  select month, mature
  from risk.maturity
  where definition = $definition and after = $after
),
matched as (
  select k.person_key, k.month
  from patterns.keyed k
  join patterns.matched m on m.key = k.key
)
select
  s.mentee_id,
  m.person_number,
  cast(s.cohort_year as integer) as cohort_year,
  case
    when s.reason is not null then s.reason
    when t.reason is not null then t.reason
    when y.mature is null or not y.mature then 'immature'
    when k.person_key is null then 'unmatched'
    else 'matched'
  end as outcome
from study s
join staging.mentees m on m.mentee_id = s.mentee_id
left join risk.tested t on t.person_key = s.person_key and t.month = s.month and t.arm = 1
left join mature y on y.month = s.month
left join matched k on k.person_key = s.person_key and k.month = s.month
