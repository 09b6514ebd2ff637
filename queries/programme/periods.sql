-- One row per reported period and year of it: each year alone, then all of them together; `closes_on` is the last day that counts.
with years as (
  select cast(g.year as integer) as year
  from generate_series(cast($year_from as integer), cast($year_to as integer)) as g(year)
),
single as (
  select
    cast(year as varchar) as period,
    year,
    cast(cast(year as varchar) || '-01-01' as date) as opens_on,
    cast(cast(year as varchar) || '-12-31' as date) as ends_on
  from years
),
pooled as (
  select
    cast($year_from as varchar) || '-' || cast($year_to as varchar) as period,
    year,
    cast(cast($year_from as varchar) || '-01-01' as date) as opens_on,
    cast(cast($year_to as varchar) || '-12-31' as date) as ends_on
  from years
  where cast($year_from as integer) < cast($year_to as integer)
),
every_period as (
  select * from single
  union all
  select * from pooled
)
select
  period,
  year,
  opens_on,
  case when ends_on > cast($as_of as date) then cast($as_of as date) else ends_on end as closes_on
from every_period
where opens_on <= cast($as_of as date)
