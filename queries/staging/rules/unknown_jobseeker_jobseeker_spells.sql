-- One row per row of jobseeker_spells whose person is not among the accepted jobseekers of its register.
-- Who has no number leaves behind the join (offset 0 keeps the filter there): before it, the engine takes few spells to be left and hashes them in place of the jobseekers.
with strangers as (
  select arrived.file_id, arrived.source_row, arrived.person_number
  from incoming.jobseeker_spells as arrived
  anti join staging.jobseekers as known
    on known.person_number = arrived.person_number and known.register = arrived.register
  offset 0
)
select file_id, source_row, 'person_number' as field, person_number as value, '' as detail
from strangers
where person_number is not null
