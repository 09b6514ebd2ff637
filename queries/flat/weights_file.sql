-- One row per row of the file, in its order: id, arm, stratum in words, and weight on MatchIt's scale.
select
  case when $ids then keyed.id else cast(keyed.row as varchar) end as id,
  keyed.arm as treated,
  labels.label as stratum,
  case when keyed.arm = 0 then weights.weight * $scale else weights.weight end as weight
from flat.keyed
inner join flat.weights on weights.key = keyed.key
inner join flat.labels on labels.key = keyed.key
order by keyed.row
