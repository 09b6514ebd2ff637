-- One row per pattern, as flat.grouped, from rows that are already grouped by their texts. Their sums are whole numbers.
select
  cast(arm as integer) as arm,
  columns('^[kw]\d+$'),
  cast(sum(rows) as double) as rows,
  cast(sum(sum) as double) as sum,
  cast(sum(sumsq) as double) as sumsq
from flat.staged
group by all
order by all
