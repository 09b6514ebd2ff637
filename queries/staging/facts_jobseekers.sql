-- One row per file, register and combination of codes of jobseekers: accepted rows, and those with a value in each other column.
with arrived as (
  select * from incoming.jobseekers
)
select
  file_id,
  register,
  gender,
  origin,
  qualification,
  count(*) as rows,
  count(person_number) as person_number_filled,
  count(birth_on) as birth_on_filled
from arrived
group by file_id, register, gender, origin, qualification
