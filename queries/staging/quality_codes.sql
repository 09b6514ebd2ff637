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
  select 'jobseekers' as table_name, 'gender' as column_name, source_file, gender as code, count(*) as counted
  from staging.jobseekers
  where gender is not null
  group by source_file, gender
  union all
  select 'jobseekers' as table_name, 'origin' as column_name, source_file, origin as code, count(*) as counted
  from staging.jobseekers
  where origin is not null
  group by source_file, origin
  union all
  select 'jobseekers' as table_name, 'qualification' as column_name, source_file, qualification as code, count(*) as counted
  from staging.jobseekers
  where qualification is not null
  group by source_file, qualification
  union all
  select 'jobseeker_spells' as table_name, 'exit' as column_name, source_file, exit as code, count(*) as counted
  from staging.jobseeker_spells
  where exit is not null
  group by source_file, exit
  union all
  select 'employment_spells' as table_name, 'contract' as column_name, source_file, contract as code, count(*) as counted
  from staging.employment_spells
  where contract is not null
  group by source_file, contract
)
select table_name, column_name, source_file, code, cast(counted as bigint) as rows
from counted
order by table_name, column_name, source_file, code
