-- One row per amount whose region has no accepted branch; `network` stands for what all regions share.
with arrived as (
  select file_id, source_row, region from incoming.budget where region is not null and region <> 'network'
)
select file_id, source_row, 'region' as field, region as value, '' as detail
from arrived
where not exists (select 1 from staging.branches where branches.region = arrived.region)
