-- One row per date of esf_records that lies after its file's extraction date.
with dated as (
  select file_id, source_row, 'entered_on' as field, entered_on as dated_on from incoming.esf_records
  union all
  select file_id, source_row, 'left_on' as field, left_on as dated_on from incoming.esf_records
  union all
  select file_id, source_row, 'leaving_status_on' as field, leaving_status_on as dated_on from incoming.esf_records
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
