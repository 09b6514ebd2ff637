-- One row per arm and combination of covariate texts, as the file has them; arm is null where it cannot be read.
select
  arm,
  columns('^c\d+$'),
  cast(count(*) as bigint) as rows,
  cast(count(*) filter (where outcome is null) as bigint) as unreadable,
  coalesce(bool_or(outcome <> floor(outcome)), false) as fractional,
  coalesce(sum(outcome), 0) as sum,
  coalesce(sum(outcome * outcome), 0) as sumsq,
  cast(min(outcome) as double) as least,
  cast(max(outcome) as double) as most
from flat.persons
group by all
