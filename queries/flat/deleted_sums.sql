-- One row: sums over persons of their influence on each arm's mean when that person is left out (CR3), and of products.
-- Influences are summed as whole numbers of 2^-40, so that they don't depend on the order of rows.
with matched as (
  select
    keyed.id,
    keyed.arm,
    weights.weight,
    weights.weight * (keyed.outcome - case when keyed.arm = 1 then $mean_treated else $mean_control end) as influence
  from flat.keyed
  inner join flat.weights on weights.key = keyed.key
  where weights.weight > 0
),
in_units as (
  select
    id,
    arm,
    cast(round(weight * 1099511627776.0) as hugeint) as weight,
    cast(round(influence * 1099511627776.0) as hugeint) as influence
  from matched
),
by_person as (
  select
    id,
    cast(coalesce(sum(influence) filter (where arm = 1), 0) as double) / 1099511627776.0 as influence_treated,
    cast(coalesce(sum(weight) filter (where arm = 1), 0) as double) / 1099511627776.0 as weight_treated,
    cast(coalesce(sum(influence) filter (where arm = 0), 0) as double) / 1099511627776.0 as influence_control,
    cast(coalesce(sum(weight) filter (where arm = 0), 0) as double) / 1099511627776.0 as weight_control
  from in_units
  group by id
),
left_out as (
  select
    influence_treated / nullif($weight_treated - weight_treated, 0) as treated,
    influence_control / nullif($weight_control - weight_control, 0) as control
  from by_person
)
select
  coalesce(sum(treated * treated order by treated), 0) as tt,
  coalesce(sum(control * control order by control), 0) as cc,
  coalesce(sum(treated * control order by treated, control), 0) as tc,
  cast(count(*) filter (where treated is null or control is null) as bigint) as whole_arm
from left_out
