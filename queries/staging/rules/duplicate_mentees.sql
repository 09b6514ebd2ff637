-- One row per mentee whose key an earlier acceptable row has already.
with acceptable as (
  select file_id, source_row, mentee_id
  from incoming.mentees arrived
  where mentee_id is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'mentees' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
repeated as (
  select mentee_id from acceptable group by mentee_id having count(*) > 1
),
numbered as (
  select
    kept.*,
    row_number() over (partition by kept.mentee_id order by kept.file_id, kept.source_row) as occurrence,
    first_value(kept.file_id) over (partition by kept.mentee_id order by kept.file_id, kept.source_row) as first_file,
    first_value(kept.source_row) over (partition by kept.mentee_id order by kept.file_id, kept.source_row) as first_row
  from acceptable kept
  join repeated on repeated.mentee_id is not distinct from kept.mentee_id
)
select
  numbered.file_id,
  numbered.source_row,
  'mentee_id' as field,
  cast(mentee_id as varchar) as value,
  files.path || ' {row} ' || cast(numbered.first_row as varchar) as detail
from numbered
join incoming.files as files on files.file_id = numbered.first_file
where numbered.occurrence > 1
