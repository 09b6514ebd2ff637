-- One row per jobseeker spell of a person of whom one may overlap another or begin on the same day: few, of which the rules then ask in full.
with days as (
  select
    hash(person_number) as person,
    from_on,
    case when to_on < from_on then from_on else coalesce(to_on, date 'infinity') end as last_on
  from incoming.jobseeker_spells
  where person_number is not null
),
-- Where each spell of a person ends before the next begins, none overlaps any other. Whoever shares a hash is asked about in vain.
followed as (
  select person, from_on <= lag(last_on) over (partition by person order by from_on) as meets_earlier
  from days
),
persons as (
  select distinct person from followed where meets_earlier
)
select arrived.file_id, arrived.source_row, arrived.register, arrived.person_number, arrived.from_on, arrived.to_on
from incoming.jobseeker_spells as arrived
join persons on persons.person = hash(arrived.person_number)
