-- One row per problem of a row that goes back to its sender: of each file's rows the rejected ones, and fewer of those only warned about.
with counted as (
  select file_id, sum(rejected) as rejects
  from incoming.broken_rows
  group by file_id
),
placed as (
  select
    *,
    row_number() over (partition by file_id, rejected order by source_row) as place
  from incoming.broken_rows
),
listed as (
  select placed.file_id, placed.source_row
  from placed
  join counted on counted.file_id = placed.file_id
  where placed.place <= case
      when placed.rejected = 1 then cast($most as bigint)
      else least(cast($most_warned as bigint), cast($most as bigint) - counted.rejects)
    end
)
select problems.*
from incoming.problems as problems
join listed
  on listed.source_row = problems.source_row
    and listed.file_id = problems.file_id
