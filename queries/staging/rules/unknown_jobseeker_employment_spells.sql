-- One row per row of employment_spells whose person is not among the accepted jobseekers of its register.
with unknown as (
  select file_id, source_row from incoming.keyed_employment_spells where person_key is null
)
select arrived.file_id, arrived.source_row, 'person_number' as field, arrived.person_number as value, '' as detail
from incoming.crowded_employment_spells as arrived
where arrived.person_number is not null
  and exists (
    select 1 from unknown where unknown.file_id = arrived.file_id and unknown.source_row = arrived.source_row
  )
