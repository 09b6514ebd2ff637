-- One row per candidate, with the first reason for which it isn't at risk on its index day (null: at risk). Both arms pass the same test.
with registered as (
  select c.person_key, c.month, min(s.from_on) as registered_from
  from risk.candidates c
  join risk.registered_spells s
    on s.person_key = c.person_key and s.from_on <= c.index_on and (s.to_on is null or s.to_on >= c.index_on)
  group by c.person_key, c.month
),
in_work as (
  select c.person_key, c.month
  from risk.candidates c
  join risk.merged_employment e
    on e.person_key = c.person_key and e.from_on <= c.index_on and e.to_on >= c.index_on
),
aged as (
  select
    c.*,
    p.origin,
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
    a.person_key,
    a.month,
    a.arm,
    a.index_on,
    cast(a.age as integer) as age,
    r.registered_from,
    case
      when r.registered_from is null then 'not_registered'
      when w.person_key is not null then 'in_work'
      when a.age is null or a.age < $age_from or a.age > $age_to then 'age'
      when not exists (select 1 from settings.origins o where o.origin = a.origin) then 'origin'
      when not a.drawn then 'not_drawn'
    end as reason
  from aged a
  left join registered r on r.person_key = a.person_key and r.month = a.month
  left join in_work w on w.person_key = a.person_key and w.month = a.month
)
select person_key, month, arm, index_on, age, registered_from, reason
from judged
