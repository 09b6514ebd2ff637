-- One row: distinct persons among the matched rows, in all and by arm.
select
  cast(count(distinct keyed.id) as bigint) as persons,
  cast(count(distinct keyed.id) filter (where keyed.arm = 1) as bigint) as treated,
  cast(count(distinct keyed.id) filter (where keyed.arm = 0) as bigint) as control
from flat.keyed
inner join flat.weights on weights.key = keyed.key
where weights.weight > 0
