-- One row per person and index month: a participant on the day of the own start, registered or not; else a possible control on a
-- drawn day, if registered on it, of an eligible origin, and no participant by the month's end (all others are counted without a row).
with held as (
  select s.person_key, m.month, m.first_on, m.starts, s.from_on, coalesce(s.to_on, date '9999-12-31') as to_on
  from risk.registered_spells s
  join risk.index_months m on s.from_on <= m.last_on and (s.to_on is null or s.to_on >= m.first_on)
),
drawn as (
  select
    h.person_key,
    h.month,
    h.first_on,
    h.from_on,
    h.to_on,
    div(hash32($seed || '|index-day|' || p.person_number || '|' || cast(h.month as varchar)) * h.starts, 4294967296) as ordinal
  from held h
  join risk.persons p on p.person_key = h.person_key and p.eligible_origin
  left join risk.first_starts f on f.person_key = h.person_key
  where f.month is null or f.month > h.month
),
dated as (
  select
    d.person_key,
    d.month,
    d.from_on,
    d.to_on,
    case when $index = 'first-of-month' then d.first_on else s.started_on end as index_on
  from drawn d
  join risk.start_days s on s.month = d.month and s.ordinal = d.ordinal
),
-- several spells may touch a month, and overlap on the day
registered as (
  select person_key, month, index_on, min(from_on) as registered_from
  from dated
  where index_on between from_on and to_on
  group by person_key, month, index_on
),
one_month as (
  select p.person_key, m.month
  from risk.persons p
  cross join (select count(*) as months from risk.index_months) k
  join risk.index_months m on m.position = div(hash32($seed || '|reuse|' || p.person_number) * k.months, 4294967296)
  where $reuse = 'once' and p.eligible_origin
),
controls as (
  select r.*, $reuse <> 'once' or o.month is not null as drawn
  from registered r
  left join one_month o on o.person_key = r.person_key and o.month = r.month
),
participants as (
  select d.person_key, d.month, d.started_on as index_on, min(s.from_on) as registered_from
  from risk.start_days d
  left join risk.registered_spells s
    on s.person_key = d.person_key and s.from_on <= d.started_on
    and coalesce(s.to_on, date '9999-12-31') >= d.started_on
  where d.person_key is not null
  group by d.person_key, d.month, d.started_on
),
both_arms as (
  select person_key, month, 1 as arm, index_on, registered_from, true as drawn from participants
  union all
  select person_key, month, 0 as arm, index_on, registered_from, drawn from controls
)
select person_key, month, arm, index_on, registered_from, drawn
from both_arms
