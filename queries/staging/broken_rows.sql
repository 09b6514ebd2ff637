-- One row per row of a file that has a problem: whether one rejects it, and how many it has.
select
  file_id,
  source_row,
  max(case when severity = 'reject' then 1 else 0 end) as rejected,
  count(*) as times
from incoming.problems
group by file_id, source_row
