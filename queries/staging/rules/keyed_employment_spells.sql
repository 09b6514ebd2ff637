-- One row per employment spell: its place, its days (-infinity: no first day, infinity: not ended), and the key of its person: 0 or less where no accepted jobseeker is meant.
with arrived as (
  select file_id, source_row, register, person_number, from_on, to_on from incoming.arriving_employment_spells
)
select
  arrived.file_id,
  cast(arrived.source_row as integer) as source_row,
  coalesce(persons.person_key, 0) as person_key,
  coalesce(arrived.from_on, date '-infinity') as from_on,
  coalesce(arrived.to_on, date 'infinity') as to_on
from arrived
left join incoming.person_keys as persons
  on persons.person_number = arrived.person_number and persons.register = arrived.register
