-- One row per arm and person among the matched patterns, in the population of the number laid down; no outcome is read.
select distinct n.population, p.arm, k.person_key
from patterns.matched m
join patterns.patterns p on p.key = m.key
join patterns.keyed k on k.key = m.key
cross join patterns.population n
