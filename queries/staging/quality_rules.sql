-- One row per file, table, column and rule that a row of it broke: rows (none breaks a rule in a column twice), and the detail where all of them share it.
with problems as (
  select file_id, field, rule, severity, source_row, detail from incoming.problems
)
select
  file_id,
  field,
  rule,
  severity,
  case when min(detail) = max(detail) then min(detail) end as detail,
  count(*) as rows,
  min(source_row) as first_row
from problems
group by file_id, field, rule, severity
order by file_id, field, rule, severity
