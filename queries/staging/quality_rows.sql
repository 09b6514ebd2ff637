-- One row per row of a file that goes back to its sender: rejected rows first, each with all its rules and remedies.
with problems as (
  select row, field, rule, severity, remedy
  from incoming.listed_rejects
  where file = $file and table_name = $table
),
listed as (
  select
    row,
    max(case when severity = 'reject' then 1 else 0 end) as rejected,
    count(*) as times,
    min(rule) as rule,
    min(remedy) as remedy
  from problems
  group by row
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
order by listed.rejected desc, listed.row
