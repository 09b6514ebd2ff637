-- One row per pattern and outcome for which its month is mature; no outcome is read.
-- A person has one row a month and a pattern has one month: its rows are distinct persons.
with mature as (
  select
    k.key,
    y.definition,
    y.after,
    case
      when f.started_on > p.index_on and f.started_on < add_months(p.index_on, y.after + cast($months as integer)) then 1
      else 0
    end as starts_later
  from patterns.keyed k
  join risk.person_months p on p.person_key = k.person_key and p.month = k.month
  join risk.maturity y on y.month = k.month and y.mature
  left join risk.first_starts f on f.person_key = k.person_key
)
select
  key,
  definition as outcome,
  after,
  count(*) as rows,
  count(*) as persons,
  cast(sum(starts_later) as bigint) as starts_later
from mature
group by key, definition, after
