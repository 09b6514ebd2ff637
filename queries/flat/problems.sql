-- One row per cell that cannot be used: number of the person's row, column, and what stands there.
with cells as (
  select rowid + 1 as row, 'treated' as field, treated_text as text
  from flat.persons
  where arm is null
  union all
  select rowid + 1, 'outcome', outcome_text
  from flat.persons
  where outcome is null
  union all
  select rowid + 1, 'id', id
  from flat.persons
  where $ids and coalesce(id, '') = ''
  union all
  select row, covariate, text
  from (
    unpivot (select rowid + 1 as row, coalesce(cast(columns('^c\d+$') as varchar), '') from flat.persons)
    on columns('^c\d+$') into name covariate value text
  )
  where
    list_contains(string_split($numeric, ','), covariate)
    and (text = '' or not abs(try_cast(text as double)) <= 1e100)
),
ranked as (
  select
    *,
    row_number() over (partition by field order by row) as place,
    count(*) over (partition by field) as total
  from cells
)
select cast(row as bigint) as row, field, coalesce(text, '') as text, cast(total as bigint) as total
from ranked
where place <= $most
order by field, row
