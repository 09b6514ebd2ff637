-- One row per row of the file: who, in which arm, and which pattern.
select
  cast(staged.rowid + 1 as bigint) as row,
  id,
  cast(arm as integer) as arm,
  cast(grouped.rowid as bigint) as key,
  cast(staged.outcome as double) as outcome
from flat.staged natural join flat.grouped
