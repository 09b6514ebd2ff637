-- One row per pattern, as flat.grouped_shared, from rows that are already grouped by their texts.
select
  cast(arm as integer) as arm,
  k1,
  cast(sum(rows) as double) as rows,
  cast(sum(sum) as double) as sum
from flat.staged
where k1 >> $shift in (select stratum from flat.participant_strata)
group by arm, k1
order by arm, k1
