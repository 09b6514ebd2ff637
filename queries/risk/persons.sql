-- One row per person of the study's register, numbered over all registers by register and person number.
with numbered as (
  select
    cast(row_number() over (order by register, person_number) as integer) as person_key,
    register,
    person_number,
    birth_on,
    coalesce(gender, 'unknown') as gender,
    coalesce(origin, 'unknown') as origin,
    coalesce(qualification, 'unknown') as qualification
  from staging.jobseekers
)
select
  n.person_key, n.person_number, n.birth_on, n.gender, n.origin, n.qualification,
  exists (select 1 from settings.origins o where o.origin = n.origin) as eligible_origin
from numbered n
where n.register = $register
