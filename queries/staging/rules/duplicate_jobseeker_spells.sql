-- One row per jobseeker spell whose key an earlier acceptable row has already; such rows share person and first day, so only those that do are asked.
with acceptable as (
  select arrived.file_id, arrived.source_row, arrived.register, arrived.person_number, arrived.from_on, arrived.to_on, arrived.exit
  from incoming.jobseeker_spells as arrived
  join incoming.compared_jobseeker_spells as compared
    on compared.is_alike and compared.file_id = arrived.file_id and compared.source_row = arrived.source_row
  where not exists (
      select 1 from incoming.problems
      where table_name = 'jobseeker_spells' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
repeated as (
  select register, person_number, from_on, to_on, exit from acceptable group by register, person_number, from_on, to_on, exit having count(*) > 1
),
numbered as (
  select
    kept.*,
    row_number() over (partition by kept.register, kept.person_number, kept.from_on, kept.to_on, kept.exit order by kept.file_id, kept.source_row) as occurrence,
    first_value(kept.file_id) over (partition by kept.register, kept.person_number, kept.from_on, kept.to_on, kept.exit order by kept.file_id, kept.source_row) as first_file,
    first_value(kept.source_row) over (partition by kept.register, kept.person_number, kept.from_on, kept.to_on, kept.exit order by kept.file_id, kept.source_row) as first_row
  from acceptable kept
  join repeated on repeated.register is not distinct from kept.register and repeated.person_number is not distinct from kept.person_number and repeated.from_on is not distinct from kept.from_on and repeated.to_on is not distinct from kept.to_on and repeated.exit is not distinct from kept.exit
)
select
  numbered.file_id,
  numbered.source_row,
  'person_number' as field,
  concat_ws(' / ', register, person_number, from_on, to_on, exit) as value,
  files.path || ' {row} ' || cast(numbered.first_row as varchar) as detail
from numbered
join incoming.files as files on files.file_id = numbered.first_file
where numbered.occurrence > 1
