-- One row per row of the file, in its order: a number for the person, and the row's place in the order of ids.
-- Ids that are numbers are ordered as numbers, before the others.
select
  cast(rowid + 1 as bigint) as row,
  cast(dense_rank() over (order by try_cast(id as double) nulls last, id) - 1 as integer) as person,
  cast(row_number() over (order by try_cast(id as double) nulls last, id, rowid) - 1 as integer) as place
from flat.staged
order by row
