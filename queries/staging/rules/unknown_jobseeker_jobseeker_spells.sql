-- One row per row of jobseeker_spells whose person is not among the accepted jobseekers of its register.
select arrived.file_id, arrived.source_row, 'person_number' as field, arrived.person_number as value, '' as detail
from incoming.jobseeker_spells as arrived
join incoming.strangers_jobseeker_spells as strangers
  on strangers.file_id = arrived.file_id and strangers.source_row = arrived.source_row
where arrived.person_number is not null
