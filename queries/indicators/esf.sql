-- One row per region or network, period, gender (or total) and code: the mentees whom the code counts. EECO by the year of entry, EECR by the year of leaving.
-- A mentee counts once a period: the first complete participation entered in it, the last complete one left in it. Records that lack a compulsory fact count as esf_incomplete only.
with entries as (
  select p.period, e.*,
    row_number() over (
      partition by p.period, e.mentee_id order by case when e.complete then 0 else 1 end, e.entered_on
    ) as nth
  from programme.esf_participants e
  join programme.periods p on p.year = cast(extract(year from e.entered_on) as integer)
),
entered as (
  select * from entries where nth = 1 and complete
),
incomplete as (
  select * from entries where nth = 1 and not complete
),
leavings as (
  select p.period, e.*,
    row_number() over (partition by p.period, e.mentee_id order by e.left_on desc, e.entered_on desc) as nth
  from programme.esf_participants e
  join programme.periods p on p.year = cast(extract(year from e.left_on) as integer)
  where e.complete and e.has_left
),
leavers as (
  select * from leavings where nth = 1
),
later as (
  select * from leavers where has_left_6_months
),
counted as (
  select 'eeco01' as code, period, mentee_id, branch_id, gender from entered
  union all
  select 'eeco02', period, mentee_id, branch_id, gender from entered
  where status_on_entry in ('unemployed', 'long_term_unemployed')
  union all
  select 'eeco03', period, mentee_id, branch_id, gender from entered where status_on_entry = 'long_term_unemployed'
  union all
  select 'eeco04', period, mentee_id, branch_id, gender from entered where status_on_entry = 'inactive'
  union all
  select 'eeco05', period, mentee_id, branch_id, gender from entered where status_on_entry = 'employed'
  union all
  select 'eeco06', period, mentee_id, branch_id, gender from entered where age < 18
  union all
  select 'eeco07', period, mentee_id, branch_id, gender from entered where age between 18 and 29
  union all
  select 'esf_aged_30_54', period, mentee_id, branch_id, gender from entered where age between 30 and 54
  union all
  select 'eeco08', period, mentee_id, branch_id, gender from entered where age >= 55
  union all
  select 'eeco09', period, mentee_id, branch_id, gender from entered where qualification = 'low'
  union all
  select 'eeco10', period, mentee_id, branch_id, gender from entered where qualification = 'medium'
  union all
  select 'eeco11', period, mentee_id, branch_id, gender from entered where qualification = 'high'
  union all
  select 'eeco12', period, mentee_id, branch_id, gender from entered where disability = 'yes'
  union all
  select 'eeco13', period, mentee_id, branch_id, gender from entered where third_country_national = 'yes'
  union all
  select 'eeco14', period, mentee_id, branch_id, gender from entered where foreign_background = 'yes'
  union all
  select 'eeco15', period, mentee_id, branch_id, gender from entered where minority = 'yes'
  union all
  select 'eeco16', period, mentee_id, branch_id, gender from entered where homeless = 'yes'
  union all
  select 'eeco17', period, mentee_id, branch_id, gender from entered where rural = 'yes'
  union all
  select 'esf_left', period, mentee_id, branch_id, gender from leavers
  union all
  select 'eecr01', period, mentee_id, branch_id, gender from leavers where status_on_leaving = 'job_searching'
  union all
  select 'eecr02', period, mentee_id, branch_id, gender from leavers where status_on_leaving = 'education'
  union all
  select 'eecr03', period, mentee_id, branch_id, gender from leavers where qualification_gained = 'yes'
  union all
  select 'eecr04', period, mentee_id, branch_id, gender from leavers where status_on_leaving = 'employed'
  union all
  select 'esf_left_otherwise', period, mentee_id, branch_id, gender from leavers
  where coalesce(status_on_leaving, 'unknown') in ('inactive', 'unknown')
  union all
  select 'esf_left_6_months', period, mentee_id, branch_id, gender from later
  union all
  select 'eecr05', period, mentee_id, branch_id, gender from later where status_after_6_months = 'employed'
  union all
  select 'eecr06', period, mentee_id, branch_id, gender from later where situation_improved = 'yes'
),
by_gender as (
  select code, period, mentee_id, branch_id, gender from counted
  union all
  select code, period, mentee_id, branch_id, 'total' from counted
),
missing as (
  select 'esf_incomplete' as code, period, mentee_id, branch_id, 'total' as gender from incomplete
  union all
  select 'esf_incomplete_gender', period, mentee_id, branch_id, 'total' from incomplete where gender is null
  union all
  select 'esf_incomplete_age', period, mentee_id, branch_id, 'total' from incomplete where age is null
  union all
  select 'esf_incomplete_status_on_entry', period, mentee_id, branch_id, 'total' from incomplete
  where status_on_entry is null
  union all
  select 'esf_incomplete_qualification', period, mentee_id, branch_id, 'total' from incomplete
  where qualification is null
),
placed as (
  select * from by_gender
  union all
  select * from missing
)
select
  pl.region, c.period, c.gender, c.code,
  count(distinct c.mentee_id) as persons
from placed c
join programme.places pl on pl.branch_id = c.branch_id and pl.dimension = 'total'
group by pl.region, c.period, c.gender, c.code
