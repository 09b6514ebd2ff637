-- One row per person whom employment_spells name and the register does not know: a key below zero.
with unknown as (
  select distinct arrived.register, arrived.person_number
  from incoming.employment_spells as arrived
  anti join incoming.person_keys as persons
    on persons.person_number = arrived.person_number and persons.register = arrived.register
  where arrived.person_number is not null
),
numbered as (
  select register, person_number, row_number() over () as number,
    (select count(*) from incoming.person_keys where person_key < 0) as before
  from unknown
)
select register, person_number, cast(-(before + number) as integer) as person_key from numbered
