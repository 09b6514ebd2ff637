-- One row per row of esf_records whose mentee_id is not among the accepted mentees.
with arrived as (
  select file_id, source_row, mentee_id from incoming.esf_records where mentee_id is not null
)
select file_id, source_row, 'mentee_id' as field, mentee_id as value, '' as detail
from arrived
where not exists (select 1 from staging.mentees where mentees.mentee_id = arrived.mentee_id)
