-- One row per row of the file: who, and which pattern.
select
  cast(persons.rowid + 1 as bigint) as row,
  persons.id,
  cast(grouped.rowid as bigint) as key,
  persons.outcome
from flat.persons natural join flat.grouped
