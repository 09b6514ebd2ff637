-- One row per row of employment_spells whose person is not among the accepted jobseekers of its register.
with arrived as (
  select file_id, source_row, register, person_number from incoming.employment_spells where person_number is not null
)
select file_id, source_row, 'person_number' as field, person_number as value, '' as detail
from arrived
where not exists (
  select 1 from staging.jobseekers
  where jobseekers.register = arrived.register and jobseekers.person_number = arrived.person_number
)
