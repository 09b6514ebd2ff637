-- One row per kind of person who came more than once: persons, and their rows.
with people as (
  select mentees.person_number, mentees.branch_id, branches.region
  from staging.mentees as mentees
  join staging.branches as branches on branches.branch_id = mentees.branch_id
  where mentees.person_number is not null
),
repeated as (
  select person_number, count(*) as rows, count(distinct branch_id) as branches, count(distinct region) as regions
  from people
  group by person_number
  having count(*) > 1
),
kinds as (
  select 'same_branch' as kind, rows from repeated where branches = 1
  union all
  select 'across_branches' as kind, rows from repeated where branches > 1 and regions = 1
  union all
  select 'across_regions' as kind, rows from repeated where regions > 1
)
select kind, cast(count(*) as bigint) as persons, cast(sum(rows) as bigint) as rows
from kinds
group by kind
order by kind
