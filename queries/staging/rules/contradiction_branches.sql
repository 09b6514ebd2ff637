-- One row per branch that says something else than an earlier acceptable row with the same key: the first column that differs.
with acceptable as (
  select file_id, source_row, branch_id, name, region
  from incoming.branches as arrived
  where branch_id is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'branches' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
numbered as (
  select *, row_number() over (partition by branch_id order by file_id, source_row) as occurrence
  from acceptable
),
firsts as (
  select * from numbered where occurrence = 1
),
compared as (
  select
    arrived.file_id,
    arrived.source_row,
    case
      when arrived.name is distinct from firsts.name then 'name'
      when arrived.region is distinct from firsts.region then 'region'
    end as field,
    case
      when arrived.name is distinct from firsts.name then cast(arrived.name as varchar)
      when arrived.region is distinct from firsts.region then cast(arrived.region as varchar)
    end as value,
    files.path || ' {row} ' || cast(firsts.source_row as varchar) as detail
  from numbered as arrived
  join firsts on firsts.branch_id = arrived.branch_id
  join incoming.files as files on files.file_id = firsts.file_id
  where arrived.occurrence > 1
)
select file_id, source_row, field, value, detail
from compared
where field is not null
