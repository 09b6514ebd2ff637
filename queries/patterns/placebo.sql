-- One row per matched pattern: its person-months, those with observed history, and sums of the days they worked in it.
with counted as (
  select k.key, p.observed, p.days, p.days90
  from risk.placebo p
  join patterns.keyed k on k.person_key = p.person_key and k.month = p.month
)
select
  key,
  count(*) as matched_rows,
  cast(sum(case when observed then 1 else 0 end) as bigint) as rows,
  cast(coalesce(sum(days), 0) as bigint) as days,
  cast(coalesce(sum(days * days), 0) as bigint) as days_squared,
  cast(coalesce(sum(days90), 0) as bigint) as days90
from counted
group by key
