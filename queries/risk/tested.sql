-- One row per candidate, with the first reason for which it isn't at risk on its index day (null: at risk). Both arms pass the same test.
with study as (
  select min(first_on) as first_on, max(last_on) as last_on from risk.index_months
),
-- most times in work lie outside of the study's months: they leave before they are compared with each
in_study as (
  select e.person_key, e.from_on, e.to_on
  from risk.merged_employment e
  cross join study
  where e.from_on <= study.last_on and e.to_on >= study.first_on
),
in_work as (
  select c.person_key, c.month
  from risk.candidates c
  join in_study e
    on e.person_key = c.person_key and e.from_on <= c.index_on and e.to_on >= c.index_on
),
aged as (
  select
    c.*,
    p.eligible_origin,
    extract(year from c.index_on) - extract(year from p.birth_on)
      - case
          when extract(month from c.index_on) < extract(month from p.birth_on) then 1
          when extract(month from c.index_on) = extract(month from p.birth_on)
            and extract(day from c.index_on) < extract(day from p.birth_on) then 1
          else 0
        end as age
  from risk.candidates c
  join risk.persons p on p.person_key = c.person_key
),
judged as (
  select
    person_key,
    month,
    arm,
    index_on,
    cast(age as integer) as age,
    registered_from,
    case
      when not eligible_origin then 'origin'
      when registered_from is null then 'not_registered'
      when exists (select 1 from in_work w where w.person_key = a.person_key and w.month = a.month) then 'in_work'
      when age is null or age < $age_from or age > $age_to then 'age'
      when not drawn then 'not_drawn'
    end as reason
  from aged a
)
select person_key, month, arm, index_on, age, registered_from, reason
from judged
