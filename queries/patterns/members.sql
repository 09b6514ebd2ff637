-- One row per person and arm among the matched patterns; no outcome is read.
select distinct k.person_key, p.arm
from patterns.matched m
join patterns.patterns p on p.key = m.key
join patterns.keyed k on k.key = m.key
