-- One row per pattern: the words for its stratum, from a JSON list in the order of keys.
with listed as (
  select
    unnest(from_json($labels, '["VARCHAR"]')) as label,
    unnest(range(cast(json_array_length($labels) as bigint))) as key
)
select cast(key as bigint) as key, label
from listed
