-- One row per covariate: whether all its values are numbers, and how many persons have none.
-- `infinite`: numbers beyond 1e100, whose squares could not be summed. A leading zero makes a code, not a number: 01 and 1 are different postcodes. The empty text is a missing value.
with read as (
  select
    covariate,
    text,
    rows,
    text = '' as missing,
    try_cast(text as double) is not null and not regexp_matches(text, '^[+-]?0[0-9]') as number
  from flat.texts_of
)
select
  covariate,
  coalesce(bool_and(number) filter (where not missing), false) as numeric,
  coalesce(cast(sum(rows) filter (where missing) as bigint), 0) as missing,
  coalesce(cast(sum(rows) filter (where number) as bigint), 0) as numbers,
  coalesce(cast(sum(rows) filter (where not number and not missing) as bigint), 0) as words,
  min(text) filter (where not number and not missing) as word,
  coalesce(cast(sum(rows) filter (where regexp_matches(text, '^[+-]?[0-9]+,[0-9]+$')) as bigint), 0) as commas,
  coalesce(cast(count(*) filter (where number and not abs(try_cast(text as double)) <= 1e100) as bigint), 0) as infinite
from read
group by covariate
order by covariate
