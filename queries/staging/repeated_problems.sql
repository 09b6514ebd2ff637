-- One row per problem that is noted twice, which no problem is; only rows with several problems are asked.
with problems as (
  select problems.table_name, problems.file_id, problems.source_row, problems.field, problems.rule
  from incoming.problems as problems
  join incoming.broken_rows as broken
    on broken.times > 1 and broken.source_row = problems.source_row and broken.file_id = problems.file_id
)
select table_name, file_id, source_row, field, rule, count(*) as times
from problems
group by table_name, file_id, source_row, field, rule
having count(*) > 1
