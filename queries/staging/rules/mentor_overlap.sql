-- One row per duo that started while the same mentor's earlier duo went on.
with started as (
  select file_id, source_row, duo_id, mentor_id, started_on, coalesce(ended_on, add_months(started_on, 6)) as until_on
  from incoming.duos
  where started_on is not null and mentor_id is not null
),
earlier as (
  select
    *,
    max(until_on) over (
      partition by mentor_id order by started_on, duo_id, file_id, source_row
      rows between unbounded preceding and 1 preceding
    ) as busy_until
  from started
)
select file_id, source_row, 'started_on' as field, cast(started_on as varchar) as value, mentor_id as detail
from earlier
where started_on < busy_until
