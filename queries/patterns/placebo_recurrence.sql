-- One row per ordered pair of matched patterns: the pairs of different rows of one person, both with observed history.
with observed as (
  select p.person_key, p.month, k.key, p.days, p.days90
  from risk.placebo p
  join patterns.keyed k on k.person_key = p.person_key and k.month = p.month
  where p.observed
),
earlier_later as (
  select
    a.key as key1,
    b.key as key2,
    count(*) as rows,
    cast(sum(a.days) as bigint) as days1,
    cast(sum(b.days) as bigint) as days2,
    cast(sum(a.days * b.days) as bigint) as days12,
    cast(sum(a.days90) as bigint) as days90_1,
    cast(sum(b.days90) as bigint) as days90_2,
    cast(sum(a.days90 * b.days90) as bigint) as days90_12
  from observed a
  join observed b on b.person_key = a.person_key and b.month > a.month
  group by a.key, b.key
),
-- two rows of a person lie in two months, so the patterns differ and no pair is its own mirror image
both_orders as (
  select key1, key2, rows, days1, days2, days12, days90_1, days90_2, days90_12 from earlier_later
  union all
  select key2, key1, rows, days2, days1, days12, days90_2, days90_1, days90_12 from earlier_later
)
select key1, key2, rows, days1, days2, days12, days90_1, days90_2, days90_12
from both_orders
