-- One row per date of employment_spells that lies after its file's extraction date.
with dated as (
  select file_id, source_row, 'from_on' as field, from_on as dated_on from incoming.employment_spells
)
select
  dated.file_id,
  dated.source_row,
  dated.field,
  cast(dated.dated_on as varchar) as value,
  cast(files.extraction_on as varchar) as detail
from dated
join incoming.files as files on files.file_id = dated.file_id
where dated.dated_on > files.extraction_on
