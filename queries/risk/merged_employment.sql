-- One row per uninterrupted time in work of a person: overlapping and touching spells merged, so that no day counts twice.
with bounded as (
  select person_key, from_on, coalesce(to_on, date '9999-12-31') as to_on
  from risk.employment_spells
  where counts
),
reached as (
  select
    person_key,
    from_on,
    to_on,
    max(to_on) over (
      partition by person_key order by from_on, to_on rows between unbounded preceding and 1 preceding
    ) as reached_on
  from bounded
),
numbered as (
  select
    person_key,
    from_on,
    to_on,
    sum(case when from_on <= reached_on + 1 then 0 else 1 end) over (
      partition by person_key order by from_on, to_on rows between unbounded preceding and current row
    ) as island
  from reached
)
select person_key, min(from_on) as from_on, max(to_on) as to_on
from numbered
group by person_key, island
