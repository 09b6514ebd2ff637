-- One row per jobseeker spell of a person who may have two that overlap, or of nobody known: a few of them, whose rows are compared in full.
-- Where two spells of a person overlap, two that follow each other by their first days do; spells that end before they begin are taken along.
with spells as (
  select person_key, from_on, to_on
  from incoming.keyed_jobseeker_spells
  where person_key is not null and from_on is not null
),
following as (
  select
    person_key,
    from_on,
    to_on,
    lag(coalesce(to_on, date '9999-12-31')) over (partition by person_key order by from_on) as previous_to_on
  from spells
),
crowded as (
  select distinct person_key from following where from_on <= previous_to_on or to_on < from_on
),
chosen as (
  select keyed.file_id, keyed.source_row
  from incoming.keyed_jobseeker_spells as keyed
  join crowded on crowded.person_key = keyed.person_key
  union all
  select file_id, source_row from incoming.keyed_jobseeker_spells where person_key is null
)
select arrived.*
from incoming.jobseeker_spells as arrived
join chosen on chosen.file_id = arrived.file_id and chosen.source_row = arrived.source_row
