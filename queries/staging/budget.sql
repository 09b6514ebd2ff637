-- One row per amount of a region's year that no row rule rejects.
with arrived as (
  select * from incoming.budget
),
files as (
  select file_id, path from incoming.files
)
select
  arrived.region,
  arrived.year,
  arrived.item,
  arrived.amount_eur,
  arrived.funder,
  files.path as source_file,
  arrived.source_row
from arrived
join files on files.file_id = arrived.file_id
