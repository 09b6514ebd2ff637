-- One row per started duo whose twelve months after its end are over on the day `as_of`, with the best solution the mentee declared for them.
-- A job needs a contract of at least three months; what began before the duo or after the twelve months doesn't count.
-- Something else is often told without its day: then that of the answer counts.
with mature as (
  select duo_id, mentee_id, branch_id, started_on, ended_on
  from programme.duos
  where ended_on is not null and add_months(ended_on, 12) <= cast($as_of as date)
),
answered as (
  select
    m.duo_id, m.started_on, m.ended_on, o.solution, o.contract_months,
    case when o.solution = 'other' then coalesce(o.solution_on, o.declared_on) else o.solution_on end as solution_on
  from mature m
  join staging.declared_outcomes o on o.duo_id = m.duo_id and o.declared_on <= cast($as_of as date)
),
declared as (
  select
    duo_id,
    case
      when solution in ('none', 'unknown') then solution
      when solution_on is null or solution_on < started_on or solution_on >= add_months(ended_on, 12) then 'none'
      when solution = 'job' and coalesce(contract_months, 0) < 3 then 'other'
      else solution
    end as solution,
    solution_on
  from answered
),
ranked as (
  select
    *,
    row_number() over (
      partition by duo_id
      order by
        case
          when solution = 'job' then 1
          when solution in ('training', 'internship') then 2
          when solution = 'other' then 3
          when solution = 'none' then 4
          else 5
        end,
        solution_on,
        solution
    ) as place
  from declared
)
select
  m.duo_id,
  m.mentee_id,
  m.branch_id,
  m.ended_on,
  coalesce(r.solution, 'unknown') as solution
from mature m
left join ranked r on r.duo_id = m.duo_id and r.place = 1
