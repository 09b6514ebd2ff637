-- One row: how many rows the file has, how many of them have an arm and an outcome, and what kind of outcome it is.
select
  cast(count(*) as bigint) as rows,
  cast(count(arm) as bigint) as arms,
  cast(count(outcome) as bigint) as outcomes,
  coalesce(bool_or(outcome <> floor(outcome)), false) as fractional,
  coalesce(min(outcome) >= 0 and max(outcome) <= 1, false) as in_unit,
  cast(coalesce(min(outcome), 0) as double) as least,
  cast(coalesce(max(outcome), 0) as double) as most
from flat.persons
