-- One row per declared outcome whose key an earlier acceptable row has already.
with acceptable as (
  select file_id, source_row, duo_id, declared_on, solution
  from incoming.declared_outcomes arrived
  where duo_id is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'declared_outcomes' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
repeated as (
  select duo_id, declared_on, solution from acceptable group by duo_id, declared_on, solution having count(*) > 1
),
numbered as (
  select
    kept.*,
    row_number() over (partition by kept.duo_id, kept.declared_on, kept.solution order by kept.file_id, kept.source_row) as occurrence,
    first_value(kept.file_id) over (partition by kept.duo_id, kept.declared_on, kept.solution order by kept.file_id, kept.source_row) as first_file,
    first_value(kept.source_row) over (partition by kept.duo_id, kept.declared_on, kept.solution order by kept.file_id, kept.source_row) as first_row
  from acceptable kept
  join repeated on repeated.duo_id is not distinct from kept.duo_id and repeated.declared_on is not distinct from kept.declared_on and repeated.solution is not distinct from kept.solution
)
select
  numbered.file_id,
  numbered.source_row,
  'duo_id' as field,
  concat_ws(' / ', duo_id, declared_on, solution) as value,
  files.path || ' {row} ' || cast(numbered.first_row as varchar) as detail
from numbered
join incoming.files as files on files.file_id = numbered.first_file
where numbered.occurrence > 1
