-- One row per ordered pair of positions in `follow_up`: the pairs of different rows of one person that leave so.
with leaving as (
  select f.person_key, f.month, x.position
  from risk.follow_up f
  join patterns.keyed k on k.person_key = f.person_key and k.month = f.month
  join patterns.follow_up x on x.key = k.key and x.follow_up_month = f.follow_up_month and x.cause = f.cause
),
earlier_later as (
  select a.position as exit1, b.position as exit2, count(*) as rows
  from leaving a
  join leaving b on b.person_key = a.person_key and b.month > a.month
  group by a.position, b.position
),
-- two rows of a person lie in two months, so no pair is its own mirror image
both_orders as (
  select exit1, exit2, rows from earlier_later
  union all
  select exit2, exit1, rows from earlier_later
)
select exit1, exit2, rows
from both_orders
