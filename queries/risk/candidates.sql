-- One row per person and index month: a participant on the day of the own start; else a possible control on a drawn day,
-- if registered at some time in the month and not a participant by its end (all others are counted without a row).
with participants as (
  select person_key, month, started_on as index_on
  from risk.start_days
),
registered as (
  select distinct s.person_key, m.month
  from risk.registered_spells s
  join risk.index_months m on s.from_on <= m.last_on and (s.to_on is null or s.to_on >= m.first_on)
),
waiting as (
  select r.person_key, r.month, p.person_number
  from registered r
  join risk.persons p on p.person_key = r.person_key
  left join risk.first_starts f on f.person_key = r.person_key
  where f.month is null or f.month > r.month
),
drawn as (
  select
    w.person_key,
    w.month,
    m.first_on,
    div(hash32($seed || '|index-day|' || w.person_number || '|' || cast(w.month as varchar)) * m.starts, 4294967296) as ordinal
  from waiting w
  join risk.index_months m on m.month = w.month
),
one_month as (
  select p.person_key, m.month
  from risk.persons p
  cross join (select count(*) as months from risk.index_months) k
  join risk.index_months m on m.position = div(hash32($seed || '|reuse|' || p.person_number) * k.months, 4294967296)
  where $reuse = 'once'
),
controls as (
  select
    d.person_key,
    d.month,
    case when $index = 'first-of-month' then d.first_on else s.started_on end as index_on,
    $reuse <> 'once' or o.month is not null as drawn
  from drawn d
  join risk.start_days s on s.month = d.month and s.ordinal = d.ordinal
  left join one_month o on o.person_key = d.person_key and o.month = d.month
),
both_arms as (
  select person_key, month, 1 as arm, index_on, true as drawn from participants
  union all
  select person_key, month, 0 as arm, index_on, drawn from controls
)
select person_key, month, arm, index_on, drawn
from both_arms
