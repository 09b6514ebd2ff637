-- One row per match: participant, control, rank and distance, from texts that list them in order.
with listed as (
  select
    unnest(range(len(string_split($treated, ',')))) as place,
    unnest(string_split($treated, ',')) as treated,
    unnest(string_split($control, ',')) as control,
    unnest(string_split($rank, ',')) as rank,
    unnest(string_split($distance, ',')) as distance
),
pairs as (
  select
    place,
    cast(treated as bigint) as treated,
    cast(control as bigint) as control,
    cast(rank as integer) as rank,
    cast(distance as double) as distance
  from listed
  where treated <> ''
)
select
  case when $ids then one.id else cast(pairs.treated + 1 as varchar) end as treated_id,
  case when $ids then two.id else cast(pairs.control + 1 as varchar) end as control_id,
  pairs.rank,
  pairs.distance
from pairs
inner join flat.staged as one on one.rowid = pairs.treated
inner join flat.staged as two on two.rowid = pairs.control
order by pairs.place
