-- One row per accepted jobseeker: a whole number that stands for register and person number while rules are asked.
with accepted as (
  select register, person_number from staging.jobseekers
)
select register, person_number, cast(row_number() over () as integer) as person_key
from accepted
