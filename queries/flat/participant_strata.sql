-- One row per combination of the exactly matched covariates (the upper bits of the packed key) that a participant has.
select distinct cast(k1 >> $shift as integer) as stratum
from flat.staged
where arm = 1
