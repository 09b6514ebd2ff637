-- One row per match laid down in `patterns.handed` (a weight and a mean a pattern), for the one outcome in `risk.placements`:
-- sums over persons of what leaving each out does to either arm's mean (CR3), and of products. Weights and influences are whole numbers of 2^-40, so that sums
-- don't depend on the order of rows.
with in_units as (
  select
    y.person_key,
    q.arm,
    cast(floor(h.weight * 1099511627776.0 + 0.5) as bigint) as weight,
    cast(floor(h.weight * (y.y - h.mean) * 1099511627776.0 + 0.5) as bigint) as influence
  from risk.placements y
  join patterns.handed h on h.key = y.key
  join patterns.patterns q on q.key = y.key
  where y.mature
),
by_person as (
  select
    person_key,
    coalesce(sum(case when arm = 1 then influence end), 0) as influence_treated,
    coalesce(sum(case when arm = 1 then weight end), 0) as weight_treated,
    coalesce(sum(case when arm = 0 then influence end), 0) as influence_control,
    coalesce(sum(case when arm = 0 then weight end), 0) as weight_control
  from in_units
  group by person_key
),
totals as (
  select sum(weight_treated) as weight_treated, sum(weight_control) as weight_control
  from by_person
),
left_out as (
  select
    cast(p.influence_treated as double precision) / nullif(cast(t.weight_treated - p.weight_treated as double precision), 0) as treated,
    cast(p.influence_control as double precision) / nullif(cast(t.weight_control - p.weight_control as double precision), 0) as control
  from by_person p
  cross join totals t
)
select
  coalesce(sum(treated * treated order by treated), 0) as tt,
  coalesce(sum(control * control order by control), 0) as cc,
  coalesce(sum(treated * control order by treated, control), 0) as tc,
  cast(coalesce(sum(case when treated is null or control is null then 1 else 0 end), 0) as bigint) as whole_arm
from left_out
