-- One row per branch and place that it belongs to: the network, its region, itself.
with network as (
  select branch_id, 'network' as region, 'total' as dimension, 'total' as level
  from staging.branches
),
regions as (
  select branch_id, region, 'total' as dimension, 'total' as level
  from staging.branches
),
branches as (
  select branch_id, region, 'branch' as dimension, branch_id as level
  from staging.branches
),
places as (
  select * from network
  union all
  select * from regions
  union all
  select * from branches
)
select branch_id, region, dimension, level from places
