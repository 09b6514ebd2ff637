-- One row per jobseeker spell: its days, and the key of its person, null where no accepted jobseeker is meant.
with arrived as (
  select file_id, source_row, register, person_number, from_on, to_on from incoming.jobseeker_spells
)
select arrived.file_id, arrived.source_row, persons.person_key, arrived.from_on, arrived.to_on
from arrived
left join incoming.person_keys as persons
  on persons.person_number = arrived.person_number and persons.register = arrived.register
