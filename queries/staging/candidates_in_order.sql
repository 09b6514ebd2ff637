-- One row per spell of a person who is noted as one who may have two on one day: few, of which the rules then ask in full.
with persons as (
  select distinct person from incoming.meeting
)
select arrived.file_id, arrived.source_row, arrived.register, arrived.person_number, arrived.from_on, arrived.to_on
from incoming.spells as arrived
join persons on persons.person = hash(arrived.person_number)
