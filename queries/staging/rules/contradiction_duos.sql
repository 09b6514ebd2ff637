-- One row per duo that says something else than an earlier acceptable row with the same key: the first column that differs.
with acceptable as (
  select file_id, source_row, duo_id, mentee_id, mentor_id, branch_id, matched_on, first_meeting_on, started_on, ended_on, end_reason, assessed_on
  from incoming.duos as arrived
  where duo_id is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'duos' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
numbered as (
  select *, row_number() over (partition by duo_id order by file_id, source_row) as occurrence
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
      when arrived.mentee_id is distinct from firsts.mentee_id then 'mentee_id'
      when arrived.mentor_id is distinct from firsts.mentor_id then 'mentor_id'
      when arrived.branch_id is distinct from firsts.branch_id then 'branch_id'
      when arrived.matched_on is distinct from firsts.matched_on then 'matched_on'
      when arrived.first_meeting_on is distinct from firsts.first_meeting_on then 'first_meeting_on'
      when arrived.started_on is distinct from firsts.started_on then 'started_on'
      when arrived.ended_on is distinct from firsts.ended_on then 'ended_on'
      when arrived.end_reason is distinct from firsts.end_reason then 'end_reason'
      when arrived.assessed_on is distinct from firsts.assessed_on then 'assessed_on'
    end as field,
    case
      when arrived.mentee_id is distinct from firsts.mentee_id then cast(arrived.mentee_id as varchar)
      when arrived.mentor_id is distinct from firsts.mentor_id then cast(arrived.mentor_id as varchar)
      when arrived.branch_id is distinct from firsts.branch_id then cast(arrived.branch_id as varchar)
      when arrived.matched_on is distinct from firsts.matched_on then cast(arrived.matched_on as varchar)
      when arrived.first_meeting_on is distinct from firsts.first_meeting_on then cast(arrived.first_meeting_on as varchar)
      when arrived.started_on is distinct from firsts.started_on then cast(arrived.started_on as varchar)
      when arrived.ended_on is distinct from firsts.ended_on then cast(arrived.ended_on as varchar)
      when arrived.end_reason is distinct from firsts.end_reason then cast(arrived.end_reason as varchar)
      when arrived.assessed_on is distinct from firsts.assessed_on then cast(arrived.assessed_on as varchar)
    end as value,
    files.path || ' {row} ' || cast(firsts.source_row as varchar) as detail
  from numbered as arrived
  join firsts on firsts.duo_id = arrived.duo_id
  join incoming.files as files on files.file_id = firsts.file_id
  where arrived.occurrence > 1
)
select file_id, source_row, field, value, detail
from compared
where field is not null
