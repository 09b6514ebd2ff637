-- One row per row of the file: who, in which arm, and which pattern, where each row is a pattern of its own.
select
  cast(rowid + 1 as bigint) as row,
  id,
  cast(arm as integer) as arm,
  cast(rowid as bigint) as key,
  cast(outcome as double) as outcome
from flat.staged
