-- One row per row that says something else than the first acceptable row of its participation: the first such column; statuses on leaving may follow one another.
with acceptable as (
  select *
  from incoming.esf_records as arrived
  where mentee_id is not null and entered_on is not null
    and not exists (
      select 1 from incoming.problems
      where table_name = 'esf_records' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
firsts as (
  select *
  from (
    select *, row_number() over (partition by mentee_id, entered_on order by file_id, source_row) as occurrence
    from acceptable
  ) as numbered
  where occurrence = 1
),
compared as (
  select
    arrived.file_id,
    arrived.source_row,
    case
      when arrived.left_on <> firsts.left_on then 'left_on'
      when arrived.status_on_entry <> firsts.status_on_entry then 'status_on_entry'
      when arrived.qualification <> firsts.qualification then 'qualification'
      when arrived.disability <> firsts.disability then 'disability'
      when arrived.third_country_national <> firsts.third_country_national then 'third_country_national'
      when arrived.foreign_background <> firsts.foreign_background then 'foreign_background'
      when arrived.minority <> firsts.minority then 'minority'
      when arrived.homeless <> firsts.homeless then 'homeless'
      when arrived.rural <> firsts.rural then 'rural'
      when arrived.status_after_6_months <> firsts.status_after_6_months then 'status_after_6_months'
      when arrived.situation_improved <> firsts.situation_improved then 'situation_improved'
    end as field,
    case
      when arrived.left_on <> firsts.left_on then cast(arrived.left_on as varchar)
      when arrived.status_on_entry <> firsts.status_on_entry then cast(arrived.status_on_entry as varchar)
      when arrived.qualification <> firsts.qualification then cast(arrived.qualification as varchar)
      when arrived.disability <> firsts.disability then cast(arrived.disability as varchar)
      when arrived.third_country_national <> firsts.third_country_national then cast(arrived.third_country_national as varchar)
      when arrived.foreign_background <> firsts.foreign_background then cast(arrived.foreign_background as varchar)
      when arrived.minority <> firsts.minority then cast(arrived.minority as varchar)
      when arrived.homeless <> firsts.homeless then cast(arrived.homeless as varchar)
      when arrived.rural <> firsts.rural then cast(arrived.rural as varchar)
      when arrived.status_after_6_months <> firsts.status_after_6_months then cast(arrived.status_after_6_months as varchar)
      when arrived.situation_improved <> firsts.situation_improved then cast(arrived.situation_improved as varchar)
    end as value,
    files.path || ' {row} ' || cast(firsts.source_row as varchar) as detail
  from acceptable as arrived
  join firsts on firsts.mentee_id = arrived.mentee_id and firsts.entered_on = arrived.entered_on
  join incoming.files as files on files.file_id = firsts.file_id
)
select file_id, source_row, field, value, detail
from compared
where field is not null
