-- One row per arm of the matched patterns, for the one outcome in `risk.placements`: distinct persons, and those placed in
-- at least one of their rows.
with arms (arm, name) as (
  values (1, 'participants'), (0, 'controls'), (1, 'both'), (0, 'both')
),
persons as (
  select a.name as arm, y.person_key, max(y.y) as placed
  from risk.placements y
  join patterns.matched m on m.key = y.key
  join patterns.patterns p on p.key = y.key
  join arms a on a.arm = p.arm
  where y.mature
  group by a.name, y.person_key
)
select arm, count(*) as persons, cast(sum(placed) as bigint) as persons_placed
from persons
group by arm
