-- One row per row of a file that broke a rule: rejected rows first, each with all its rules and remedies; of those only warned about, fewer.
with problems as (
  select problems.source_row, problems.severity
  from incoming.problems as problems
  join incoming.files as files on files.file_id = problems.file_id
  where files.path = $file and problems.table_name = $table
),
broken as (
  select source_row as row, max(case when severity = 'reject' then 1 else 0 end) as rejected
  from problems
  group by source_row
),
placed as (
  select
    *,
    row_number() over (order by rejected desc, row) as place,
    row_number() over (partition by rejected order by row) as own_place
  from broken
),
listed as (
  select *
  from placed
  where place <= cast($most as bigint) and (rejected = 1 or own_place <= cast($most_warned as bigint))
),
told as (
  select listed.row, rejects.field, rejects.rule, rejects.remedy
  from staging.rejects as rejects
  join listed on listed.row = rejects.row
  where rejects.file = $file and rejects.table_name = $table
),
times as (
  select row, count(*) as times, min(rule) as rule, min(remedy) as remedy from told group by row
),
-- Few rows break several rules; to join the texts of all in their order would take longer than all else here.
several as (
  select
    told.row,
    string_agg(told.rule, ' | ' order by told.field, told.rule) as rules,
    string_agg(told.remedy, ' | ' order by told.field, told.rule) as remedies
  from told
  join times on times.row = told.row and times.times > 1
  group by told.row
)
select
  listed.row,
  case when listed.rejected = 1 then 'reject' else 'warn' end as severity,
  coalesce(several.rules, times.rule) as rules,
  coalesce(several.remedies, times.remedy) as remedies
from listed
join times on times.row = listed.row
left join several on several.row = listed.row
order by listed.place
