-- One row per staged table, region (a register's: its name), branch and month in which its records begin: accepted rows.
with counted as (
  select
    'mentees' as table_name,
    branches.region as area,
    rows_of.branch_id as branch,
    month_number(rows_of.intake_on) as month,
    count(*) as counted,
    max(rows_of.intake_on) as latest
  from staging.mentees as rows_of
  join staging.branches as branches on branches.branch_id = rows_of.branch_id
  where rows_of.intake_on is not null
  group by branches.region, rows_of.branch_id, month_number(rows_of.intake_on)
  union all
  select
    'mentors' as table_name,
    branches.region as area,
    rows_of.branch_id as branch,
    month_number(rows_of.intake_on) as month,
    count(*) as counted,
    max(rows_of.intake_on) as latest
  from staging.mentors as rows_of
  join staging.branches as branches on branches.branch_id = rows_of.branch_id
  where rows_of.intake_on is not null
  group by branches.region, rows_of.branch_id, month_number(rows_of.intake_on)
  union all
  select
    'duos' as table_name,
    branches.region as area,
    rows_of.branch_id as branch,
    month_number(rows_of.started_on) as month,
    count(*) as counted,
    max(rows_of.started_on) as latest
  from staging.duos as rows_of
  join staging.branches as branches on branches.branch_id = rows_of.branch_id
  where rows_of.started_on is not null
  group by branches.region, rows_of.branch_id, month_number(rows_of.started_on)
  union all
  select
    'declared_outcomes' as table_name,
    branches.region as area,
    duos.branch_id as branch,
    month_number(rows_of.declared_on) as month,
    count(*) as counted,
    max(rows_of.declared_on) as latest
  from staging.declared_outcomes as rows_of
  join staging.duos as duos on duos.duo_id = rows_of.duo_id
  join staging.branches as branches on branches.branch_id = duos.branch_id
  where rows_of.declared_on is not null
  group by branches.region, duos.branch_id, month_number(rows_of.declared_on)
  union all
  select
    'esf_records' as table_name,
    branches.region as area,
    mentees.branch_id as branch,
    month_number(rows_of.entered_on) as month,
    count(*) as counted,
    max(rows_of.entered_on) as latest
  from staging.esf_records as rows_of
  join staging.mentees as mentees on mentees.mentee_id = rows_of.mentee_id
  join staging.branches as branches on branches.branch_id = mentees.branch_id
  where rows_of.entered_on is not null
  group by branches.region, mentees.branch_id, month_number(rows_of.entered_on)
  union all
  select
    'jobseeker_spells' as table_name,
    facts.register as area,
    '' as branch,
    facts.month,
    sum(facts.rows) as counted,
    max(facts.latest_on) as latest
  from incoming.facts_jobseeker_spells as facts
  where facts.month is not null
  group by facts.register, facts.month
  union all
  select
    'employment_spells' as table_name,
    facts.register as area,
    '' as branch,
    facts.month,
    sum(facts.rows) as counted,
    max(facts.latest_on) as latest
  from incoming.facts_employment_spells as facts
  where facts.month is not null
  group by facts.register, facts.month
)
select
  table_name,
  area as region,
  branch as branch_id,
  month,
  cast(counted as bigint) as rows,
  cast(latest as varchar) as latest_on
from counted
order by table_name, region, branch_id, month
