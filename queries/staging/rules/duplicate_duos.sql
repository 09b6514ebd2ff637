-- One row per duo whose key an earlier acceptable row has already.
with acceptable as (
  select file_id, source_row, duo_id
  from incoming.duos arrived
  where duo_id is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'duos' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
repeated as (
  select duo_id from acceptable group by duo_id having count(*) > 1
),
numbered as (
  select
    kept.*,
    row_number() over (partition by kept.duo_id order by kept.file_id, kept.source_row) as occurrence,
    first_value(kept.file_id) over (partition by kept.duo_id order by kept.file_id, kept.source_row) as first_file,
    first_value(kept.source_row) over (partition by kept.duo_id order by kept.file_id, kept.source_row) as first_row
  from acceptable kept
  join repeated on repeated.duo_id is not distinct from kept.duo_id
)
select
  numbered.file_id,
  numbered.source_row,
  'duo_id' as field,
  cast(duo_id as varchar) as value,
  files.path || ' {row} ' || cast(numbered.first_row as varchar) as detail
from numbered
join incoming.files as files on files.file_id = numbered.first_file
where numbered.occurrence > 1
