-- One row per pattern: its weight and stratum (-1 unmatched), from texts that list them in the order of keys.
with listed as (
  select
    unnest(string_split($weights, ',')) as weight,
    unnest(string_split($strata, ',')) as stratum,
    unnest(range(len(string_split($weights, ',')))) as key
)
select
  cast(key as bigint) as key,
  cast(weight as double) as weight,
  cast(stratum as integer) as stratum
from listed
