-- One row per row of jobseeker_spells whose person is not among the accepted jobseekers of its register.
select arrived.file_id, arrived.source_row, 'person_number' as field, arrived.person_number as value, '' as detail
from incoming.jobseeker_spells as arrived
anti join staging.jobseekers as known
  on known.person_number = arrived.person_number and known.register = arrived.register
where arrived.person_number is not null
