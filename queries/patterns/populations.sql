-- One row per outcome, period, dimension, level and arm of the matched patterns: rows and distinct persons.
with matched as (
  select p.*, i.year
  from patterns.patterns p
  join patterns.matched m on m.key = p.key
  join risk.index_months i on i.month = p.month
),
levels as (
  select key, arm, year, 'total' as dimension, 'total' as level
  from matched
  union all
  select
    m.key,
    m.arm,
    m.year,
    s.dimension,
    case s.dimension
      when 'age_band' then m.age_band
      when 'gender' then m.gender
      when 'origin' then m.origin
      when 'qualification' then m.qualification
      when 'region' then m.region
      when 'index_month' then m.index_month
      when 'unemployment_duration' then m.unemployment_duration
      when 'months_worked_24' then m.months_worked_24
    end as level
  from matched m
  cross join settings.subgroups s
),
-- one row a person and year and level first: distinct persons are then counted on far fewer rows
persons_years as (
  select
    y.definition, y.after, l.year, l.dimension, l.level, l.arm, y.person_key,
    count(*) as rows, max(y.y) as placed, sum(y.unknown) as unknown_rows
  from risk.placements y
  join levels l on l.key = y.key
  where y.mature
  group by y.definition, y.after, l.year, l.dimension, l.level, l.arm, y.person_key
),
arms (arm, name) as (
  values (1, 'participants'), (0, 'controls'), (1, 'both'), (0, 'both')
),
persons as (
  select
    y.definition, y.after, t.period, y.dimension, y.level, a.name as arm, y.person_key,
    sum(y.rows) as rows, max(y.placed) as placed, sum(y.unknown_rows) as unknown_rows
  from persons_years y
  join settings.periods t on t.year = y.year
  join arms a on a.arm = y.arm
  group by y.definition, y.after, t.period, y.dimension, y.level, a.name, y.person_key
)
select
  definition as outcome,
  after,
  period,
  dimension,
  level,
  arm,
  cast(sum(rows) as bigint) as rows,
  count(*) as persons,
  cast(sum(placed) as bigint) as persons_placed,
  cast(sum(unknown_rows) as bigint) as unknown_rows,
  cast(sum(case when unknown_rows > 0 then 1 else 0 end) as bigint) as unknown_persons
from persons
group by definition, after, period, dimension, level, arm
