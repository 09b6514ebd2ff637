-- One row per mentor that says something else than an earlier acceptable row with the same key: the first column that differs.
with acceptable as (
  select file_id, source_row, mentor_id, branch_id, birth_on, gender, former_sector, info_session_on, intake_on, trained_on
  from incoming.mentors as arrived
  where mentor_id is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'mentors' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
numbered as (
  select *, row_number() over (partition by mentor_id order by file_id, source_row) as occurrence
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
      when arrived.birth_on is distinct from firsts.birth_on then 'birth_on'
      when arrived.gender is distinct from firsts.gender then 'gender'
      when arrived.former_sector is distinct from firsts.former_sector then 'former_sector'
      when arrived.info_session_on is distinct from firsts.info_session_on then 'info_session_on'
      when arrived.intake_on is distinct from firsts.intake_on then 'intake_on'
      when arrived.trained_on is distinct from firsts.trained_on then 'trained_on'
    end as field,
    case
      when arrived.branch_id is distinct from firsts.branch_id then cast(arrived.branch_id as varchar)
      when arrived.birth_on is distinct from firsts.birth_on then cast(arrived.birth_on as varchar)
      when arrived.gender is distinct from firsts.gender then cast(arrived.gender as varchar)
      when arrived.former_sector is distinct from firsts.former_sector then cast(arrived.former_sector as varchar)
      when arrived.info_session_on is distinct from firsts.info_session_on then cast(arrived.info_session_on as varchar)
      when arrived.intake_on is distinct from firsts.intake_on then cast(arrived.intake_on as varchar)
      when arrived.trained_on is distinct from firsts.trained_on then cast(arrived.trained_on as varchar)
    end as value,
    files.path || ' {row} ' || cast(firsts.source_row as varchar) as detail
  from numbered as arrived
  join firsts on firsts.mentor_id = arrived.mentor_id
  join incoming.files as files on files.file_id = firsts.file_id
  where arrived.occurrence > 1
)
select file_id, source_row, field, value, detail
from compared
where field is not null
