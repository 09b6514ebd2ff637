-- One row per role, region, period, characteristic and level: persons in a duo that started in the period, by what was known of them on the day of their first start in it;
-- the status is that of the last record for the ESF+ by that day, where such records were read.
with starts as (
  select d.mentee_id, d.mentor_id, d.branch_id, p.period, d.started_on
  from programme.duos d
  join programme.periods p on p.year = cast(extract(year from d.started_on) as integer)
),
mentee_first as (
  select period, mentee_id, branch_id, started_on,
    row_number() over (partition by period, mentee_id order by started_on, branch_id) as nth
  from starts
),
mentor_first as (
  select period, mentor_id, branch_id, started_on,
    row_number() over (partition by period, mentor_id order by started_on, branch_id) as nth
  from starts
  where mentor_id is not null
),
mentee_statuses as (
  select f.period, f.mentee_id, e.status_on_entry,
    row_number() over (
      partition by f.period, f.mentee_id order by e.entered_on desc, e.status_on_entry
    ) as nth
  from mentee_first f
  join staging.esf_records e on e.mentee_id = f.mentee_id and e.entered_on <= f.started_on
  where f.nth = 1
),
mentees as (
  select f.period, f.mentee_id as person_id, f.branch_id, m.gender, m.origin, m.qualification, s.status_on_entry,
    extract(year from f.started_on) - extract(year from m.birth_on)
      - case
          when extract(month from f.started_on) * 100 + extract(day from f.started_on)
            < extract(month from m.birth_on) * 100 + extract(day from m.birth_on) then 1
          else 0
        end as age
  from mentee_first f
  join staging.mentees m on m.mentee_id = f.mentee_id
  left join mentee_statuses s on s.period = f.period and s.mentee_id = f.mentee_id and s.nth = 1
  where f.nth = 1
),
mentors as (
  select f.period, f.mentor_id as person_id, f.branch_id, m.gender, m.former_sector,
    extract(year from f.started_on) - extract(year from m.birth_on)
      - case
          when extract(month from f.started_on) * 100 + extract(day from f.started_on)
            < extract(month from m.birth_on) * 100 + extract(day from m.birth_on) then 1
          else 0
        end as age
  from mentor_first f
  join staging.mentors m on m.mentor_id = f.mentor_id
  where f.nth = 1
),
facts as (
  select 'mentee' as role, period, person_id, branch_id, 'gender' as dimension, gender as level from mentees
  union all
  select 'mentee', period, person_id, branch_id, 'origin', origin from mentees
  union all
  select 'mentee', period, person_id, branch_id, 'qualification', qualification from mentees
  union all
  select 'mentee', period, person_id, branch_id, 'status_on_entry', status_on_entry
  from mentees
  where exists (select 1 from staging.esf_records)
  union all
  select 'mentee', period, person_id, branch_id, 'age_band',
    case when age < 18 then 'under 18' when age < 22 then '18-21' when age < 26 then '22-25' when age < 30 then '26-29'
      when age >= 30 then '30+' end
  from mentees
  union all
  select 'mentor', period, person_id, branch_id, 'gender', gender from mentors
  union all
  select 'mentor', period, person_id, branch_id, 'former_sector', former_sector from mentors
  union all
  select 'mentor', period, person_id, branch_id, 'age_band',
    case when age < 50 then 'under 50' when age < 55 then '50-54' when age < 60 then '55-59' when age < 65 then '60-64'
      when age < 70 then '65-69' when age >= 70 then '70+' end
  from mentors
)
select
  f.role, pl.region, f.dimension, coalesce(f.level, 'unknown') as level, f.period,
  count(distinct f.person_id) as persons
from facts f
join programme.places pl on pl.branch_id = f.branch_id and pl.dimension = 'total'
group by f.role, pl.region, f.dimension, coalesce(f.level, 'unknown'), f.period
