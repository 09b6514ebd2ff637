-- One row per duo, with the reason for which it isn't a participant's first duo in the study (null where it is).
with known as (
  select
    d.duo_id,
    d.mentee_id,
    d.started_on,
    b.region,
    m.person_number,
    p.person_key,
    case when m.person_number is null then 'mentee ' || d.mentee_id else 'person ' || m.person_number end as person,
    row_number() over (
      partition by d.mentee_id
      order by case when d.started_on is null then 1 else 0 end, d.started_on, d.duo_id
    ) as nth_of_mentee
  from staging.duos d
  left join staging.mentees m on m.mentee_id = d.mentee_id
  left join staging.branches b on b.branch_id = d.branch_id
  left join risk.persons p on p.person_number = m.person_number
),
ranked as (
  select
    *,
    row_number() over (
      partition by person
      order by case when started_on is not null and nth_of_mentee = 1 then 0 else 1 end, started_on, mentee_id, duo_id
    ) as nth_of_person
  from known
),
judged as (
  select
    *,
    started_on is not null and nth_of_mentee = 1 and nth_of_person = 1 as first_of_person,
    case
      when started_on is null then 'not_started'
      when nth_of_mentee > 1 then 'later_duo'
      when nth_of_person > 1 then 'same_person'
      when region is null or region <> $region then 'other_region'
      when not exists (select 1 from settings.years y where y.year = extract(year from started_on)) then 'other_years'
      when person_key is null then 'unlinked'
    end as reason
  from ranked
)
select
  duo_id, mentee_id, person, person_key, started_on, month_number(started_on) as month, region, first_of_person, reason
from judged
