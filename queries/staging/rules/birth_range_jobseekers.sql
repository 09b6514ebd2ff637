-- One row per jobseeker who would be younger than 14 or older than 100 on the day of the extract.
with files as (
  select
    file_id,
    extraction_on,
    add_months(extraction_on, -12 * 14) as youngest_on,
    add_months(extraction_on, -12 * 101) as too_old_on
  from incoming.files
),
dated as (
  select arrived.file_id, arrived.source_row, arrived.birth_on, files.extraction_on, files.youngest_on, files.too_old_on
  from incoming.jobseekers as arrived
  join files on files.file_id = arrived.file_id
)
select file_id, source_row, 'birth_on' as field, cast(birth_on as varchar) as value, cast(extraction_on as varchar) as detail
from dated
where birth_on > youngest_on or birth_on <= too_old_on
