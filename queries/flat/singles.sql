-- One row per row of the file, in its order: a pattern of one person, for matching that says who is matched with whom.
select
  cast(arm as integer) as arm,
  columns('^[kw]\d+$'),
  cast(outcome as double) as sum
from flat.staged
order by rowid
