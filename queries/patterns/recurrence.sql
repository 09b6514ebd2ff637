-- One row per ordered pair of matched patterns and outcome: the pairs of different rows of one person.
with mature as (
  select person_key, month, key, definition, after, y
  from risk.placements
  where mature
),
earlier_later as (
  select
    a.key as key1,
    b.key as key2,
    a.definition,
    a.after,
    count(*) as rows,
    cast(sum(a.y) as bigint) as sum1,
    cast(sum(b.y) as bigint) as sum2,
    cast(sum(a.y * b.y) as bigint) as sum12
  from mature a
  join mature b
    on b.person_key = a.person_key and b.definition = a.definition and b.after = a.after and b.month > a.month
  group by a.key, b.key, a.definition, a.after
),
-- two rows of a person lie in two months, so the patterns differ and no pair is its own mirror image
both_orders as (
  select key1, key2, definition, after, rows, sum1, sum2, sum12 from earlier_later
  union all
  select key2, key1, definition, after, rows, sum2, sum1, sum12 from earlier_later
)
select key1, key2, definition as outcome, after, rows, sum1, sum2, sum12
from both_orders
