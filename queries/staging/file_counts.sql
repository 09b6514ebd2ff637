-- One row per file and table it was read for: distinct rows rejected, and distinct rows only warned about.
select
  files.file_id,
  cast(coalesce(sum(broken.rejected), 0) as bigint) as rejected,
  cast(coalesce(sum(1 - broken.rejected), 0) as bigint) as warned
from incoming.files as files
left join incoming.broken_rows as broken on broken.file_id = files.file_id
group by files.file_id
order by files.file_id
