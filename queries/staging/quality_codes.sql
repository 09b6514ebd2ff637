-- One row per staged table, column, file and code: accepted rows.
with counted as (
  select 'mentees' as table_name, 'gender' as column_name, source_file, gender as code, count(*) as counted
  from staging.mentees
  where gender is not null
  group by source_file, gender
  union all
  select 'mentees' as table_name, 'origin' as column_name, source_file, origin as code, count(*) as counted
  from staging.mentees
  where origin is not null
  group by source_file, origin
  union all
  select 'mentees' as table_name, 'qualification' as column_name, source_file, qualification as code, count(*) as counted
  from staging.mentees
  where qualification is not null
  group by source_file, qualification
  union all
  select 'mentors' as table_name, 'gender' as column_name, source_file, gender as code, count(*) as counted
  from staging.mentors
  where gender is not null
  group by source_file, gender
  union all
  select 'duos' as table_name, 'end_reason' as column_name, source_file, end_reason as code, count(*) as counted
  from staging.duos
  where end_reason is not null
  group by source_file, end_reason
  union all
  select 'declared_outcomes' as table_name, 'solution' as column_name, source_file, solution as code, count(*) as counted
  from staging.declared_outcomes
  where solution is not null
  group by source_file, solution
  union all
  select 'esf_records' as table_name, 'status_on_entry' as column_name, source_file, status_on_entry as code, count(*) as counted
  from staging.esf_records
  where status_on_entry is not null
  group by source_file, status_on_entry
  union all
  select 'esf_records' as table_name, 'qualification' as column_name, source_file, qualification as code, count(*) as counted
  from staging.esf_records
  where qualification is not null
  group by source_file, qualification
  union all
  select 'esf_records' as table_name, 'disability' as column_name, source_file, disability as code, count(*) as counted
  from staging.esf_records
  where disability is not null
  group by source_file, disability
  union all
  select 'esf_records' as table_name, 'third_country_national' as column_name, source_file, third_country_national as code, count(*) as counted
  from staging.esf_records
  where third_country_national is not null
  group by source_file, third_country_national
  union all
  select 'esf_records' as table_name, 'foreign_background' as column_name, source_file, foreign_background as code, count(*) as counted
  from staging.esf_records
  where foreign_background is not null
  group by source_file, foreign_background
  union all
  select 'esf_records' as table_name, 'minority' as column_name, source_file, minority as code, count(*) as counted
  from staging.esf_records
  where minority is not null
  group by source_file, minority
  union all
  select 'esf_records' as table_name, 'homeless' as column_name, source_file, homeless as code, count(*) as counted
  from staging.esf_records
  where homeless is not null
  group by source_file, homeless
  union all
  select 'esf_records' as table_name, 'rural' as column_name, source_file, rural as code, count(*) as counted
  from staging.esf_records
  where rural is not null
  group by source_file, rural
  union all
  select 'esf_records' as table_name, 'status_on_leaving' as column_name, source_file, status_on_leaving as code, count(*) as counted
  from staging.esf_records
  where status_on_leaving is not null
  group by source_file, status_on_leaving
  union all
  select 'esf_records' as table_name, 'qualification_gained' as column_name, source_file, qualification_gained as code, count(*) as counted
  from staging.esf_records
  where qualification_gained is not null
  group by source_file, qualification_gained
  union all
  select 'esf_records' as table_name, 'status_after_6_months' as column_name, source_file, status_after_6_months as code, count(*) as counted
  from staging.esf_records
  where status_after_6_months is not null
  group by source_file, status_after_6_months
  union all
  select 'esf_records' as table_name, 'situation_improved' as column_name, source_file, situation_improved as code, count(*) as counted
  from staging.esf_records
  where situation_improved is not null
  group by source_file, situation_improved
  union all
  select 'jobseekers' as table_name, 'gender' as column_name, files.path as source_file, facts.gender as code, sum(facts.rows) as counted
  from incoming.facts_jobseekers as facts
  join incoming.files as files on files.file_id = facts.file_id
  where facts.gender is not null
  group by files.path, facts.gender
  union all
  select 'jobseekers' as table_name, 'origin' as column_name, files.path as source_file, facts.origin as code, sum(facts.rows) as counted
  from incoming.facts_jobseekers as facts
  join incoming.files as files on files.file_id = facts.file_id
  where facts.origin is not null
  group by files.path, facts.origin
  union all
  select 'jobseekers' as table_name, 'qualification' as column_name, files.path as source_file, facts.qualification as code, sum(facts.rows) as counted
  from incoming.facts_jobseekers as facts
  join incoming.files as files on files.file_id = facts.file_id
  where facts.qualification is not null
  group by files.path, facts.qualification
  union all
  select 'jobseeker_spells' as table_name, 'exit' as column_name, files.path as source_file, facts.exit as code, sum(facts.rows) as counted
  from incoming.facts_jobseeker_spells as facts
  join incoming.files as files on files.file_id = facts.file_id
  where facts.exit is not null
  group by files.path, facts.exit
  union all
  select 'employment_spells' as table_name, 'contract' as column_name, files.path as source_file, facts.contract as code, sum(facts.rows) as counted
  from incoming.facts_employment_spells as facts
  join incoming.files as files on files.file_id = facts.file_id
  where facts.contract is not null
  group by files.path, facts.contract
)
select table_name, column_name, source_file, code, cast(counted as bigint) as rows
from counted
order by table_name, column_name, source_file, code
