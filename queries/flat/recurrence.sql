-- One row per ordered pair of patterns that hold rows of one person: pairs of different rows, with their sums.
-- Each person is summed by pattern first, so that a person with many rows costs no more than his or her patterns squared.
with matched as (
  select keyed.id, keyed.key, keyed.outcome
  from flat.keyed
  inner join flat.weights on weights.key = keyed.key
  where weights.weight > 0
),
by_pattern as (
  select
    id,
    key,
    cast(count(*) as bigint) as rows,
    sum(outcome order by outcome) as total,
    sum(outcome * outcome order by outcome) as squares
  from matched
  group by id, key
),
pairs as (
  select
    one.key as key1,
    two.key as key2,
    case when one.key = two.key then one.rows * one.rows - one.rows else one.rows * two.rows end as rows,
    case when one.key = two.key then one.total * (one.rows - 1) else one.total * two.rows end as sum1,
    case when one.key = two.key then one.total * (one.rows - 1) else two.total * one.rows end as sum2,
    case when one.key = two.key then one.total * one.total - one.squares else one.total * two.total end as sum12
  from by_pattern as one
  inner join by_pattern as two on two.id = one.id
)
select
  cast(key1 as integer) as key1,
  cast(key2 as integer) as key2,
  cast(sum(rows) as double) as rows,
  sum(sum1 order by sum1) as sum1,
  sum(sum2 order by sum2) as sum2,
  sum(sum12 order by sum12) as sum12
from pairs
where rows > 0
group by key1, key2
order by key1, key2
