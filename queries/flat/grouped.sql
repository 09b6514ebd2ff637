-- One row per pattern: arm, packed codes (k1, ...) and other covariates (w1, ...), with the outcome's sums.
select
  cast(arm as integer) as arm,
  columns('^[kw]\d+$'),
  cast(count(*) as double) as rows,
  cast(sum(outcome) as double) as sum,
  cast(sum(outcome * outcome) as double) as sumsq
from flat.staged
group by all
order by all
