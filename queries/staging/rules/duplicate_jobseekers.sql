-- One row per jobseeker of a register whose key an earlier acceptable row has already; few keys come twice, and only their rows are asked.
with repeated as (
  select register, person_number
  from incoming.jobseekers
  where person_number is not null
  group by register, person_number
  having count(*) > 1
),
acceptable as (
  select arrived.file_id, arrived.source_row, arrived.register, arrived.person_number
  from incoming.jobseekers as arrived
  join repeated on repeated.register is not distinct from arrived.register and repeated.person_number = arrived.person_number
  where not exists (
      select 1 from incoming.problems
      where table_name = 'jobseekers' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
numbered as (
  select
    kept.*,
    row_number() over (partition by kept.register, kept.person_number order by kept.file_id, kept.source_row) as occurrence,
    first_value(kept.file_id) over (partition by kept.register, kept.person_number order by kept.file_id, kept.source_row) as first_file,
    first_value(kept.source_row) over (partition by kept.register, kept.person_number order by kept.file_id, kept.source_row) as first_row
  from acceptable kept
)
select
  numbered.file_id,
  numbered.source_row,
  'person_number' as field,
  concat_ws(' / ', register, person_number) as value,
  files.path || ' {row} ' || cast(numbered.first_row as varchar) as detail
from numbered
join incoming.files as files on files.file_id = numbered.first_file
where numbered.occurrence > 1
