-- One row per row of the file, in its order: a pattern of one person, for matching that says who is matched with whom.
select
  arm,
  columns('^c\d+$'),
  cast(1 as bigint) as rows,
  cast(case when outcome is null then 1 else 0 end as bigint) as unreadable,
  false as fractional,
  coalesce(outcome, 0) as sum,
  coalesce(outcome * outcome, 0) as sumsq
from flat.persons
order by rowid
