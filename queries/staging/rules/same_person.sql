-- One row per mentee whose person number an earlier mentee has already.
with numbered as (
  select
    mentees.file_id,
    mentees.source_row,
    mentees.person_number,
    row_number() over (partition by mentees.person_number order by mentees.file_id, mentees.source_row) as occurrence,
    first_value(mentees.mentee_id) over (
      partition by mentees.person_number order by mentees.file_id, mentees.source_row
    ) as first_mentee
  from incoming.mentees as mentees
  where mentees.person_number is not null
)
select file_id, source_row, 'person_number' as field, person_number as value, first_mentee as detail
from numbered
where occurrence > 1
