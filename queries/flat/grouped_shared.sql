-- One row per pattern, as flat.grouped_binary, of participants and of the controls who share a stratum with one.
select
  cast(arm as integer) as arm,
  k1,
  cast(count(*) as double) as rows,
  cast(sum(outcome) as double) as sum
from flat.staged
where k1 >> $shift in (select stratum from flat.participant_strata)
group by arm, k1
order by arm, k1
