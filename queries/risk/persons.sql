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
select person_key, person_number, birth_on, gender, origin, qualification
from numbered
where register = $register
