-- One row per place, period in which duos ended and best declared solution: the duos, and the mentees in them.
with counted as (
  select pl.region, pl.dimension, pl.level, p.period, d.solution, d.duo_id, d.mentee_id
  from programme.declared d
  join programme.places pl on pl.branch_id = d.branch_id
  join programme.periods p on p.year = cast(extract(year from d.ended_on) as integer)
)
select
  region, dimension, level, period, solution,
  count(distinct duo_id) as duos,
  count(distinct mentee_id) as mentees
from counted
group by region, dimension, level, period, solution
