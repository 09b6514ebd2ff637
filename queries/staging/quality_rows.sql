-- One row per row of a file that broke a rule: rejected rows first, each with all its rules and remedies.
with problems as (
  select row, field, rule, severity, remedy from staging.rejects where file = $file and table_name = $table
),
joined as (
  select
    row,
    max(case when severity = 'reject' then 1 else 0 end) as rejected,
    string_agg(rule, ' | ' order by field, rule) as rules,
    string_agg(remedy, ' | ' order by field, rule) as remedies
  from problems
  group by row
),
placed as (
  select *, row_number() over (order by rejected desc, row) as place from joined
)
select
  row,
  case when rejected = 1 then 'reject' else 'warn' end as severity,
  rules,
  remedies
from placed
where place <= cast($most as bigint)
order by place
