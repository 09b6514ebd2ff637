-- One row per kind of identifier and token that is one: persons of registers, mentees, mentors and duos as they came, rejected ones too.
with asked as (
  select distinct unnest(string_split($tokens, chr(10))) as token
),
known as (
  select 'person number' as kind, person_number as identifier from staging.jobseekers
  union all
  select 'person number', person_number from staging.mentees
  union all
  select 'mentee id', mentee_id from staging.mentees
  union all
  select 'mentor id', mentor_id from staging.mentors
  union all
  select 'duo id', duo_id from staging.duos
  union all
  select 'person number or id', value
  from staging.rejects
  where field in ('person_number', 'mentee_id', 'mentor_id', 'duo_id')
)
select asked.token, min(known.kind) as kind
from asked
join known on lower(known.identifier) = asked.token
group by asked.token
order by asked.token
