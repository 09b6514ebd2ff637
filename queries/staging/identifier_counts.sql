-- One row: identifiers as they came, and those that a scan of the outputs can't tell from words, counts and dates.
with known as (
  select person_number as identifier from staging.jobseekers
  union all
  select person_number from staging.mentees where person_number is not null
  union all
  select mentee_id from staging.mentees
  union all
  select mentor_id from staging.mentors
  union all
  select duo_id from staging.duos
)
select
  count(*) as identifiers,
  cast(coalesce(sum(
    case
      when length(identifier) < 6 or length(identifier) > 60 or not regexp_matches(identifier, '[0-9]') then 1
      when regexp_full_match(identifier, '[^\pL]*') and length(regexp_replace(identifier, '[^0-9]', '', 'g')) < 9 then 1
      else 0
    end
  ), 0) as bigint) as left_out
from known
