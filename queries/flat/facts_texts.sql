-- One row: as flat.facts, where rows are already grouped by their texts. Their sums need no kind of outcome.
select
  cast(coalesce(sum(rows), 0) as bigint) as rows,
  cast(coalesce(sum(rows) filter (where arm is not null), 0) as bigint) as arms,
  cast(coalesce(sum(rows - unreadable), 0) as bigint) as outcomes,
  coalesce(bool_or(fractional), false) as fractional,
  false as in_unit
from flat.texts
