-- One row per person-month of a matched pattern: the month of follow-up in which it leaves, and the cause.
-- Causes: 0 no longer observed, 1 placed (first day in work), 2 died, 3 deregistered, 4 emigrated and not seen again in the window.
-- Month n runs from n - 1 to n months after the window opens, clamped as the window is; who left before it opens left in month 0.
with windows as (
  select
    p.person_key,
    p.month,
    p.index_on,
    a.after,
    add_months(p.index_on, a.after) as opens_on,
    add_months(p.index_on, a.after + cast($months as integer)) as closes_on
  from risk.person_months p
  join patterns.keyed k on k.person_key = p.person_key and k.month = p.month
  join patterns.matched m on m.key = k.key
  cross join (select distinct after from settings.outcomes) a
),
placed as (
  select w.person_key, w.month, min(case when e.from_on > w.opens_on then e.from_on else w.opens_on end) as left_on
  from windows w
  join risk.merged_employment e
    on e.person_key = w.person_key and e.from_on < w.closes_on and e.to_on >= w.opens_on
  group by w.person_key, w.month
),
exits (exit, cause) as (
  values ('died', 2), ('deregistered', 3), ('emigrated', 4)
),
leavers as (
  select distinct s.person_key
  from risk.registered_spells s
  join exits x on x.exit = s.exit
),
registered as (
  select
    w.person_key,
    w.month,
    w.closes_on,
    s.to_on,
    s.exit,
    row_number() over (
      partition by w.person_key, w.month
      order by coalesce(s.to_on, date '9999-12-31') desc, s.from_on desc, s.source_file, s.source_row
    ) as nth_from_last
  from windows w
  join leavers l on l.person_key = w.person_key
  join risk.registered_spells s on s.person_key = w.person_key and s.from_on < w.closes_on
),
gone as (
  select r.person_key, r.month, r.to_on as left_on, x.cause
  from registered r
  join exits x on x.exit = r.exit
  where r.nth_from_last = 1
    and r.to_on < r.closes_on
    and not exists (
      select 1
      from risk.employment_spells e
      where e.person_key = r.person_key and e.from_on < r.closes_on and (e.to_on is null or e.to_on > r.to_on)
    )
),
-- who is gone was never placed afterwards, so a placement always comes first
leaving as (
  select
    w.person_key,
    w.month,
    w.index_on,
    w.after,
    w.opens_on,
    coalesce(p.left_on, g.left_on) as left_on,
    case when p.person_key is not null then 1 else g.cause end as cause
  from windows w
  left join placed p on p.person_key = w.person_key and p.month = w.month
  left join gone g on g.person_key = w.person_key and g.month = w.month
),
-- calendar months between the window's opening and the day: the month is over if the day has come to its boundary
numbered as (
  select
    *,
    month_number(left_on) - month_number(index_on) - after as calendar_months,
    month_number(cast($extraction as date)) - cast($lag as integer) - month_number(index_on) - after as known_months
  from leaving
),
dated as (
  select
    person_key,
    month,
    cause,
    case
      when left_on < opens_on then 0
      when left_on < add_months(index_on, after + calendar_months) then calendar_months
      else calendar_months + 1
    end as left_in,
    case
      when add_months(add_months(index_on, after + known_months), cast($lag as integer)) <= cast($extraction as date)
        then known_months
      else known_months - 1
    end as observed
  from numbered
),
followed as (
  select
    person_key,
    month,
    cause,
    left_in,
    case when observed < 0 then 0 when observed > cast($months as integer) then cast($months as integer) else observed end
      as observed
  from dated
)
select
  person_key,
  month,
  cast(case when left_in <= observed then left_in else observed end as integer) as follow_up_month,
  cast(case when left_in <= observed then cause else 0 end as integer) as cause
from followed
