-- One row per mentee that says something else than an earlier acceptable row with the same key: the first column that differs.
with acceptable as (
  select file_id, source_row, mentee_id, branch_id, person_number, birth_on, gender, origin, qualification, info_session_on, intake_on
  from incoming.mentees as arrived
  where mentee_id is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'mentees' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
numbered as (
  select *, row_number() over (partition by mentee_id order by file_id, source_row) as occurrence
  from acceptable
),
firsts as (
  select * from numbered where occurrence = 1
),
compared as (
  select
    arrived.file_id,
    arrived.source_row,
    case
      when arrived.branch_id is distinct from firsts.branch_id then 'branch_id'
      when arrived.person_number is distinct from firsts.person_number then 'person_number'
      when arrived.birth_on is distinct from firsts.birth_on then 'birth_on'
      when arrived.gender is distinct from firsts.gender then 'gender'
      when arrived.origin is distinct from firsts.origin then 'origin'
      when arrived.qualification is distinct from firsts.qualification then 'qualification'
      when arrived.info_session_on is distinct from firsts.info_session_on then 'info_session_on'
      when arrived.intake_on is distinct from firsts.intake_on then 'intake_on'
    end as field,
    case
      when arrived.branch_id is distinct from firsts.branch_id then cast(arrived.branch_id as varchar)
      when arrived.person_number is distinct from firsts.person_number then cast(arrived.person_number as varchar)
      when arrived.birth_on is distinct from firsts.birth_on then cast(arrived.birth_on as varchar)
      when arrived.gender is distinct from firsts.gender then cast(arrived.gender as varchar)
      when arrived.origin is distinct from firsts.origin then cast(arrived.origin as varchar)
      when arrived.qualification is distinct from firsts.qualification then cast(arrived.qualification as varchar)
      when arrived.info_session_on is distinct from firsts.info_session_on then cast(arrived.info_session_on as varchar)
      when arrived.intake_on is distinct from firsts.intake_on then cast(arrived.intake_on as varchar)
    end as value,
    files.path || ' {row} ' || cast(firsts.source_row as varchar) as detail
  from numbered as arrived
  join firsts on firsts.mentee_id = arrived.mentee_id
  join incoming.files as files on files.file_id = firsts.file_id
  where arrived.occurrence > 1
)
select file_id, source_row, field, value, detail
from compared
where field is not null
