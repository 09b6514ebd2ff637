-- One row per pattern: the outcome's sums added in the order of its values, so that they don't depend on threads.
with keyed as (
  select grouped.rowid as key, cast(staged.outcome as double) as outcome
  from flat.staged natural join flat.grouped
)
select
  cast(key as bigint) as key,
  sum(outcome order by outcome) as sum,
  sum(outcome * outcome order by outcome) as sumsq
from keyed
group by key
order by key
