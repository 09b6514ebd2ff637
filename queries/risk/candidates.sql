-- One row per person and index month: a participant on the day of the own start, registered or not; else a possible control on a
-- drawn day, if registered on it, of an eligible origin, and no participant by the month's end (all others are counted without a row).
with study as (
  select min(first_on) as first_on, max(last_on) as last_on, count(*) as months from risk.index_months
),
-- most spells lie outside of the study's months: they leave before they are compared with each
touching as (
  select
    s.person_key,
    s.from_on,
    coalesce(s.to_on, date '9999-12-31') as to_on,
    f.month as started_month,
    $seed || '|index-day|' || p.person_number || '|' as seed,
    case when $reuse = 'once' then div(hash32($seed || '|reuse|' || p.person_number) * study.months, 4294967296) end as only_position
  from risk.registered_spells s
  join risk.persons p on p.person_key = s.person_key and p.eligible_origin
  left join risk.first_starts f on f.person_key = s.person_key
  cross join study
  where s.from_on <= study.last_on and (s.to_on is null or s.to_on >= study.first_on)
),
months as (
  select month, position, first_on, last_on, starts, cast(month as varchar) as seed from risk.index_months
),
drawn as (
  select
    t.person_key,
    m.month,
    m.first_on,
    t.from_on,
    t.to_on,
    div(hash32(t.seed || m.seed) * m.starts, 4294967296) as ordinal,
    $reuse <> 'once' or m.position = t.only_position as drawn
  from touching t
  join months m on t.from_on <= m.last_on and t.to_on >= m.first_on
  where t.started_month is null or t.started_month > m.month
),
dated as (
  select
    d.person_key,
    d.month,
    d.from_on,
    d.to_on,
    case when $index = 'first-of-month' then d.first_on else s.started_on end as index_on,
    d.drawn
  from drawn d
  join risk.start_days s on s.month = d.month and s.ordinal = d.ordinal
),
-- several spells may touch a month, and overlap on the day
controls as (
  select person_key, month, index_on, drawn, min(from_on) as registered_from
  from dated
  where index_on between from_on and to_on
  group by person_key, month, index_on, drawn
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
