-- One row per file, table and rule that a row of it broke: distinct rows.
select
  files.file_id,
  problems.rule,
  problems.severity,
  count(distinct problems.source_row) as rows
from incoming.problems as problems
join incoming.files as files on files.file_id = problems.file_id
group by files.file_id, problems.rule, problems.severity
order by files.file_id, problems.rule
