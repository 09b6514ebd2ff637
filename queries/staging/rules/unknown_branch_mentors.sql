-- One row per row of mentors whose branch_id is not among the accepted branches.
with arrived as (
  select file_id, source_row, branch_id from incoming.mentors where branch_id is not null
)
select file_id, source_row, 'branch_id' as field, branch_id as value, '' as detail
from arrived
where not exists (select 1 from staging.branches where branches.branch_id = arrived.branch_id)
