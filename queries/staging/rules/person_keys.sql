-- One row per jobseeker, of whom the accepted rows are left: a whole number that stands for register and person number while rules are asked.
with accepted as (
  select register, person_number from incoming.jobseekers
)
select register, person_number, cast(row_number() over () as integer) as person_key
from accepted
