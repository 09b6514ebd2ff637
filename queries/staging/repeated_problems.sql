-- One row per problem that is noted twice, which no problem is.
with problems as (
  select table_name, file_id, source_row, field, rule from incoming.problems
)
select table_name, file_id, source_row, field, rule, count(*) as times
from problems
group by table_name, file_id, source_row, field, rule
having count(*) > 1
