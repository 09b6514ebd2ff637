-- One row per calendar month in which at least one linked participant started, numbered from 0.
with starts as (
  select month, min(started_on) as earliest_on, count(*) as starts
  from risk.start_days
  group by month
),
days as (
  select month, starts, earliest_on - cast(extract(day from earliest_on) - 1 as integer) as first_on
  from starts
)
select
  month,
  cast(row_number() over (order by month) - 1 as integer) as position,
  cast(extract(year from first_on) as integer) as year,
  substr(cast(first_on as varchar), 1, 7) as label,
  first_on,
  add_months(first_on, 1) - 1 as last_on,
  starts
from days
