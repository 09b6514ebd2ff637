-- One row per pattern, as flat.grouped, for an outcome of 0 and 1: its squares need no sum of their own.
select
  cast(arm as integer) as arm,
  columns('^[kw]\d+$'),
  cast(count(*) as double) as rows,
  cast(sum(outcome) as double) as sum
from flat.staged
group by all
order by all
