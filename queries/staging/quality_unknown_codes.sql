-- One row per file, column and text that is none of its codes.
with unknown as (
  select file_id, field, value, source_row from incoming.problems where rule = 'unknown_code'
)
select file_id, field, value, cast(count(distinct source_row) as bigint) as rows
from unknown
group by file_id, field, value
order by file_id, field, value
