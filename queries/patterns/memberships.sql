-- One row per arm and set of populations (their numbers, ascending): how many distinct persons are in all of these and in no other.
with sets as (
  select arm, person_key, string_agg(cast(population as varchar), ' ' order by population) as populations
  from patterns.members
  group by arm, person_key
)
select arm, populations, count(*) as persons
from sets
group by arm, populations
