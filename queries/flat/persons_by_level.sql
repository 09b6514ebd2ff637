-- One row per level: distinct persons among the matched rows; levels as a text that lists each pattern's, in the order of keys.
with levels as (
  select
    cast(unnest(string_split($levels, ',')) as integer) as level,
    unnest(range(len(string_split($levels, ',')))) as key
)
select
  levels.level,
  cast(count(distinct keyed.id) as bigint) as persons
from flat.keyed
inner join flat.weights on weights.key = keyed.key
inner join levels on levels.key = keyed.key
where weights.weight > 0 and levels.level >= 0
group by levels.level
