-- One row per matched pattern and outcome: sums of the outcome over its mature rows.
with mature as (
  select k.key, y.definition, y.after, y.y, y.unknown
  from risk.placements y
  join patterns.keyed k on k.person_key = y.person_key and k.month = y.month
  where y.mature
)
select
  key,
  definition as outcome,
  after,
  count(*) as rows,
  count(*) as persons,
  cast(sum(y) as bigint) as sum,
  cast(sum(y * y) as bigint) as sumsq,
  cast(sum(unknown) as bigint) as unknown_rows,
  cast(sum(unknown * y) as bigint) as unknown_sum
from mature
group by key, definition, after
