-- One row per mentor who would be younger than 14 or older than 100 on the day of the extract.
with dated as (
  select arrived.file_id, arrived.source_row, arrived.birth_on, files.extraction_on
  from incoming.mentors as arrived
  join incoming.files as files on files.file_id = arrived.file_id
)
select file_id, source_row, 'birth_on' as field, cast(birth_on as varchar) as value, cast(extraction_on as varchar) as detail
from dated
where birth_on > add_months(extraction_on, -12 * 14) or birth_on <= add_months(extraction_on, -12 * 101)
