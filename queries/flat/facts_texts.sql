-- One row: as flat.facts, where rows are already grouped by their texts. Whole numbers with the sum of their squares are
-- 0 and 1.
select
  cast(coalesce(sum(rows), 0) as bigint) as rows,
  cast(coalesce(sum(rows) filter (where arm is not null), 0) as bigint) as arms,
  cast(coalesce(sum(rows - unreadable), 0) as bigint) as outcomes,
  coalesce(bool_or(fractional), false) as fractional,
  coalesce(bool_and(sum = sumsq), false) as in_unit,
  coalesce(min(least), 0) as least,
  coalesce(max(most), 0) as most
from flat.texts
