-- One row per matched pattern and outcome: sums of the outcome over its mature rows.
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
from risk.placements
where mature
group by key, definition, after
