-- One row per amount whose key an earlier acceptable row has already.
with acceptable as (
  select file_id, source_row, region, year, item, funder
  from incoming.budget arrived
  where region is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'budget' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
repeated as (
  select region, year, item, funder from acceptable group by region, year, item, funder having count(*) > 1
),
numbered as (
  select
    kept.*,
    row_number() over (partition by kept.region, kept.year, kept.item, kept.funder order by kept.file_id, kept.source_row) as occurrence,
    first_value(kept.file_id) over (partition by kept.region, kept.year, kept.item, kept.funder order by kept.file_id, kept.source_row) as first_file,
    first_value(kept.source_row) over (partition by kept.region, kept.year, kept.item, kept.funder order by kept.file_id, kept.source_row) as first_row
  from acceptable kept
  join repeated on repeated.region is not distinct from kept.region and repeated.year is not distinct from kept.year and repeated.item is not distinct from kept.item and repeated.funder is not distinct from kept.funder
)
select
  numbered.file_id,
  numbered.source_row,
  'region' as field,
  concat_ws(' / ', region, year, item, funder) as value,
  files.path || ' {row} ' || cast(numbered.first_row as varchar) as detail
from numbered
join incoming.files as files on files.file_id = numbered.first_file
where numbered.occurrence > 1
