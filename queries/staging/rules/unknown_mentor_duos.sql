-- One row per row of duos whose mentor_id is not among the accepted mentors.
with arrived as (
  select file_id, source_row, mentor_id from incoming.duos where mentor_id is not null
)
select file_id, source_row, 'mentor_id' as field, mentor_id as value, '' as detail
from arrived
where not exists (select 1 from staging.mentors where mentors.mentor_id = arrived.mentor_id)
