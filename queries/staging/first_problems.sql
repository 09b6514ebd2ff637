-- One row per problem of the first rows of each file that break a rule, as many of each rule as asked.
with placed as (
  select *, row_number() over (partition by file, table_name, rule order by row, field) as place
  from staging.rejects
)
select file, table_name, rule, message
from placed
where place <= cast($most as bigint)
order by file, table_name, rule, place
