-- One row per file and table it was read for: distinct rows rejected, and distinct rows only warned about.
with judged as (
  select file_id, source_row, max(case when severity = 'reject' then 1 else 0 end) as rejected
  from incoming.problems
  group by file_id, source_row
)
select
  files.file_id,
  cast(coalesce(sum(judged.rejected), 0) as bigint) as rejected,
  cast(coalesce(sum(1 - judged.rejected), 0) as bigint) as warned
from incoming.files as files
left join judged on judged.file_id = files.file_id
group by files.file_id
order by files.file_id
