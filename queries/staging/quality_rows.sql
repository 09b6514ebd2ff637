-- One row per row of a file that broke a rule: rejected rows first, each with all its rules and remedies; of those only warned about, fewer.
with problems as (
  select row, field, rule, severity, remedy from staging.rejects where file = $file and table_name = $table
),
broken as (
  select
    row,
    max(case when severity = 'reject' then 1 else 0 end) as rejected,
    count(*) as times,
    min(rule) as rule,
    min(remedy) as remedy
  from problems
  group by row
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
-- Few rows break several rules; to join the texts of all in their order would take longer than all else here.
several as (
  select
    problems.row,
    string_agg(problems.rule, ' | ' order by problems.field, problems.rule) as rules,
    string_agg(problems.remedy, ' | ' order by problems.field, problems.rule) as remedies
  from problems
  join listed on listed.row = problems.row and listed.times > 1
  group by problems.row
)
select
  listed.row,
  case when listed.rejected = 1 then 'reject' else 'warn' end as severity,
  coalesce(several.rules, listed.rule) as rules,
  coalesce(several.remedies, listed.remedy) as remedies
from listed
left join several on several.row = listed.row
order by listed.place
