-- One row per person-month of a matched pattern: days worked in months -24 to -13 before the index day, null where the register
-- doesn't know the person that far back (first registration or employment, of any contract, after the window's first day).
with windows as (
  select
    p.person_key,
    p.month,
    add_months(p.index_on, -24) as opens_on,
    add_months(p.index_on, -12) as closes_on
  from risk.person_months p
  join patterns.keyed k on k.person_key = p.person_key and k.month = p.month
  join patterns.matched m on m.key = k.key
),
seen as (
  select person_key, from_on from risk.registered_spells
  union all
  select person_key, from_on from risk.employment_spells
),
known as (
  select person_key, min(from_on) as first_on
  from seen
  group by person_key
),
worked as (
  select
    w.person_key,
    w.month,
    cast(sum(
      case when e.to_on < w.closes_on then e.to_on + 1 else w.closes_on end
      - case when e.from_on > w.opens_on then e.from_on else w.opens_on end
    ) as bigint) as days
  from windows w
  join risk.merged_employment e
    on e.person_key = w.person_key and e.from_on < w.closes_on and e.to_on >= w.opens_on
  group by w.person_key, w.month
),
counted as (
  select w.person_key, w.month, case when k.first_on <= w.opens_on then coalesce(d.days, 0) end as days
  from windows w
  left join known k on k.person_key = w.person_key
  left join worked d on d.person_key = w.person_key and d.month = w.month
)
select
  person_key,
  month,
  days is not null as observed,
  days,
  cast(case when days >= 90 then 1 when days < 90 then 0 end as bigint) as days90
from counted
