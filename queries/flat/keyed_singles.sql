-- One row per row of the file: who, and which pattern, where each row is a pattern of its own.
select
  cast(rowid + 1 as bigint) as row,
  id,
  cast(rowid as bigint) as key,
  outcome
from flat.persons
