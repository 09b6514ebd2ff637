-- One row: how many rows and distinct persons the file has.
select
  cast(count(*) as bigint) as rows,
  cast(count(distinct id) as bigint) as persons
from flat.staged
