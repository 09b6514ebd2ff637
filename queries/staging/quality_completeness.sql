-- One row per staged table, column, region (a register's: its name) and branch: accepted rows, and those with a value.
with branches_filled as (
  select rows_of.region as area, '' as branch, count(*) as received,
    count(rows_of.branch_id) as branch_id_filled,
    count(rows_of.name) as name_filled,
    count(rows_of.region) as region_filled
  from staging.branches as rows_of
  group by rows_of.region
),
mentees_filled as (
  select branches.region as area, rows_of.branch_id as branch, count(*) as received,
    count(rows_of.mentee_id) as mentee_id_filled,
    count(rows_of.branch_id) as branch_id_filled,
    count(rows_of.person_number) as person_number_filled,
    count(rows_of.birth_on) as birth_on_filled,
    count(rows_of.gender) as gender_filled,
    count(rows_of.origin) as origin_filled,
    count(rows_of.qualification) as qualification_filled,
    count(rows_of.info_session_on) as info_session_on_filled,
    count(rows_of.intake_on) as intake_on_filled
  from staging.mentees as rows_of
  join staging.branches as branches on branches.branch_id = rows_of.branch_id
  group by branches.region, rows_of.branch_id
),
mentors_filled as (
  select branches.region as area, rows_of.branch_id as branch, count(*) as received,
    count(rows_of.mentor_id) as mentor_id_filled,
    count(rows_of.branch_id) as branch_id_filled,
    count(rows_of.birth_on) as birth_on_filled,
    count(rows_of.gender) as gender_filled,
    count(rows_of.former_sector) as former_sector_filled,
    count(rows_of.info_session_on) as info_session_on_filled,
    count(rows_of.intake_on) as intake_on_filled,
    count(rows_of.trained_on) as trained_on_filled
  from staging.mentors as rows_of
  join staging.branches as branches on branches.branch_id = rows_of.branch_id
  group by branches.region, rows_of.branch_id
),
duos_filled as (
  select branches.region as area, rows_of.branch_id as branch, count(*) as received,
    count(rows_of.duo_id) as duo_id_filled,
    count(rows_of.mentee_id) as mentee_id_filled,
    count(rows_of.mentor_id) as mentor_id_filled,
    count(rows_of.branch_id) as branch_id_filled,
    count(rows_of.matched_on) as matched_on_filled,
    count(rows_of.first_meeting_on) as first_meeting_on_filled,
    count(rows_of.started_on) as started_on_filled,
    count(rows_of.ended_on) as ended_on_filled,
    count(rows_of.end_reason) as end_reason_filled,
    count(rows_of.assessed_on) as assessed_on_filled
  from staging.duos as rows_of
  join staging.branches as branches on branches.branch_id = rows_of.branch_id
  group by branches.region, rows_of.branch_id
),
declared_outcomes_filled as (
  select branches.region as area, duos.branch_id as branch, count(*) as received,
    count(rows_of.duo_id) as duo_id_filled,
    count(rows_of.declared_on) as declared_on_filled,
    count(rows_of.solution) as solution_filled,
    count(rows_of.solution_on) as solution_on_filled,
    count(rows_of.contract_months) as contract_months_filled
  from staging.declared_outcomes as rows_of
  join staging.duos as duos on duos.duo_id = rows_of.duo_id
  join staging.branches as branches on branches.branch_id = duos.branch_id
  group by branches.region, duos.branch_id
),
esf_records_filled as (
  select branches.region as area, mentees.branch_id as branch, count(*) as received,
    count(rows_of.mentee_id) as mentee_id_filled,
    count(rows_of.entered_on) as entered_on_filled,
    count(rows_of.left_on) as left_on_filled,
    count(rows_of.status_on_entry) as status_on_entry_filled,
    count(rows_of.qualification) as qualification_filled,
    count(rows_of.disability) as disability_filled,
    count(rows_of.third_country_national) as third_country_national_filled,
    count(rows_of.foreign_background) as foreign_background_filled,
    count(rows_of.minority) as minority_filled,
    count(rows_of.homeless) as homeless_filled,
    count(rows_of.rural) as rural_filled,
    count(rows_of.leaving_status_on) as leaving_status_on_filled,
    count(rows_of.status_on_leaving) as status_on_leaving_filled,
    count(rows_of.qualification_gained) as qualification_gained_filled,
    count(rows_of.status_after_6_months) as status_after_6_months_filled,
    count(rows_of.situation_improved) as situation_improved_filled
  from staging.esf_records as rows_of
  join staging.mentees as mentees on mentees.mentee_id = rows_of.mentee_id
  join staging.branches as branches on branches.branch_id = mentees.branch_id
  group by branches.region, mentees.branch_id
),
budget_filled as (
  select rows_of.region as area, '' as branch, count(*) as received,
    count(rows_of.region) as region_filled,
    count(rows_of.year) as year_filled,
    count(rows_of.item) as item_filled,
    count(rows_of.amount_eur) as amount_eur_filled,
    count(rows_of.funder) as funder_filled
  from staging.budget as rows_of
  group by rows_of.region
),
jobseekers_filled as (
  select rows_of.register as area, '' as branch, sum(rows_of.rows) as received,
    sum(case when rows_of.register is null then 0 else rows_of.rows end) as register_filled,
    sum(rows_of.person_number_filled) as person_number_filled,
    sum(rows_of.birth_on_filled) as birth_on_filled,
    sum(case when rows_of.gender is null then 0 else rows_of.rows end) as gender_filled,
    sum(case when rows_of.origin is null then 0 else rows_of.rows end) as origin_filled,
    sum(case when rows_of.qualification is null then 0 else rows_of.rows end) as qualification_filled
  from incoming.facts_jobseekers as rows_of
  group by rows_of.register
),
jobseeker_spells_filled as (
  select rows_of.register as area, '' as branch, sum(rows_of.rows) as received,
    sum(case when rows_of.register is null then 0 else rows_of.rows end) as register_filled,
    sum(rows_of.person_number_filled) as person_number_filled,
    sum(case when rows_of.month is null then 0 else rows_of.rows end) as from_on_filled,
    sum(rows_of.to_on_filled) as to_on_filled,
    sum(case when rows_of.exit is null then 0 else rows_of.rows end) as exit_filled
  from incoming.facts_jobseeker_spells as rows_of
  group by rows_of.register
),
employment_spells_filled as (
  select rows_of.register as area, '' as branch, sum(rows_of.rows) as received,
    sum(case when rows_of.register is null then 0 else rows_of.rows end) as register_filled,
    sum(rows_of.person_number_filled) as person_number_filled,
    sum(case when rows_of.month is null then 0 else rows_of.rows end) as from_on_filled,
    sum(rows_of.to_on_filled) as to_on_filled,
    sum(case when rows_of.contract is null then 0 else rows_of.rows end) as contract_filled,
    sum(rows_of.contract_months_filled) as contract_months_filled,
    sum(rows_of.work_fraction_filled) as work_fraction_filled
  from incoming.facts_employment_spells as rows_of
  group by rows_of.register
),
filled as (
  select 'branches' as table_name, 'branch_id' as column_name, area, branch, received, branch_id_filled as filled from branches_filled
  union all
  select 'branches' as table_name, 'name' as column_name, area, branch, received, name_filled as filled from branches_filled
  union all
  select 'branches' as table_name, 'region' as column_name, area, branch, received, region_filled as filled from branches_filled
  union all
  select 'mentees' as table_name, 'mentee_id' as column_name, area, branch, received, mentee_id_filled as filled from mentees_filled
  union all
  select 'mentees' as table_name, 'branch_id' as column_name, area, branch, received, branch_id_filled as filled from mentees_filled
  union all
  select 'mentees' as table_name, 'person_number' as column_name, area, branch, received, person_number_filled as filled from mentees_filled
  union all
  select 'mentees' as table_name, 'birth_on' as column_name, area, branch, received, birth_on_filled as filled from mentees_filled
  union all
  select 'mentees' as table_name, 'gender' as column_name, area, branch, received, gender_filled as filled from mentees_filled
  union all
  select 'mentees' as table_name, 'origin' as column_name, area, branch, received, origin_filled as filled from mentees_filled
  union all
  select 'mentees' as table_name, 'qualification' as column_name, area, branch, received, qualification_filled as filled from mentees_filled
  union all
  select 'mentees' as table_name, 'info_session_on' as column_name, area, branch, received, info_session_on_filled as filled from mentees_filled
  union all
  select 'mentees' as table_name, 'intake_on' as column_name, area, branch, received, intake_on_filled as filled from mentees_filled
  union all
  select 'mentors' as table_name, 'mentor_id' as column_name, area, branch, received, mentor_id_filled as filled from mentors_filled
  union all
  select 'mentors' as table_name, 'branch_id' as column_name, area, branch, received, branch_id_filled as filled from mentors_filled
  union all
  select 'mentors' as table_name, 'birth_on' as column_name, area, branch, received, birth_on_filled as filled from mentors_filled
  union all
  select 'mentors' as table_name, 'gender' as column_name, area, branch, received, gender_filled as filled from mentors_filled
  union all
  select 'mentors' as table_name, 'former_sector' as column_name, area, branch, received, former_sector_filled as filled from mentors_filled
  union all
  select 'mentors' as table_name, 'info_session_on' as column_name, area, branch, received, info_session_on_filled as filled from mentors_filled
  union all
  select 'mentors' as table_name, 'intake_on' as column_name, area, branch, received, intake_on_filled as filled from mentors_filled
  union all
  select 'mentors' as table_name, 'trained_on' as column_name, area, branch, received, trained_on_filled as filled from mentors_filled
  union all
  select 'duos' as table_name, 'duo_id' as column_name, area, branch, received, duo_id_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'mentee_id' as column_name, area, branch, received, mentee_id_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'mentor_id' as column_name, area, branch, received, mentor_id_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'branch_id' as column_name, area, branch, received, branch_id_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'matched_on' as column_name, area, branch, received, matched_on_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'first_meeting_on' as column_name, area, branch, received, first_meeting_on_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'started_on' as column_name, area, branch, received, started_on_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'ended_on' as column_name, area, branch, received, ended_on_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'end_reason' as column_name, area, branch, received, end_reason_filled as filled from duos_filled
  union all
  select 'duos' as table_name, 'assessed_on' as column_name, area, branch, received, assessed_on_filled as filled from duos_filled
  union all
  select 'declared_outcomes' as table_name, 'duo_id' as column_name, area, branch, received, duo_id_filled as filled from declared_outcomes_filled
  union all
  select 'declared_outcomes' as table_name, 'declared_on' as column_name, area, branch, received, declared_on_filled as filled from declared_outcomes_filled
  union all
  select 'declared_outcomes' as table_name, 'solution' as column_name, area, branch, received, solution_filled as filled from declared_outcomes_filled
  union all
  select 'declared_outcomes' as table_name, 'solution_on' as column_name, area, branch, received, solution_on_filled as filled from declared_outcomes_filled
  union all
  select 'declared_outcomes' as table_name, 'contract_months' as column_name, area, branch, received, contract_months_filled as filled from declared_outcomes_filled
  union all
  select 'esf_records' as table_name, 'mentee_id' as column_name, area, branch, received, mentee_id_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'entered_on' as column_name, area, branch, received, entered_on_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'left_on' as column_name, area, branch, received, left_on_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'status_on_entry' as column_name, area, branch, received, status_on_entry_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'qualification' as column_name, area, branch, received, qualification_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'disability' as column_name, area, branch, received, disability_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'third_country_national' as column_name, area, branch, received, third_country_national_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'foreign_background' as column_name, area, branch, received, foreign_background_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'minority' as column_name, area, branch, received, minority_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'homeless' as column_name, area, branch, received, homeless_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'rural' as column_name, area, branch, received, rural_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'leaving_status_on' as column_name, area, branch, received, leaving_status_on_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'status_on_leaving' as column_name, area, branch, received, status_on_leaving_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'qualification_gained' as column_name, area, branch, received, qualification_gained_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'status_after_6_months' as column_name, area, branch, received, status_after_6_months_filled as filled from esf_records_filled
  union all
  select 'esf_records' as table_name, 'situation_improved' as column_name, area, branch, received, situation_improved_filled as filled from esf_records_filled
  union all
  select 'budget' as table_name, 'region' as column_name, area, branch, received, region_filled as filled from budget_filled
  union all
  select 'budget' as table_name, 'year' as column_name, area, branch, received, year_filled as filled from budget_filled
  union all
  select 'budget' as table_name, 'item' as column_name, area, branch, received, item_filled as filled from budget_filled
  union all
  select 'budget' as table_name, 'amount_eur' as column_name, area, branch, received, amount_eur_filled as filled from budget_filled
  union all
  select 'budget' as table_name, 'funder' as column_name, area, branch, received, funder_filled as filled from budget_filled
  union all
  select 'jobseekers' as table_name, 'register' as column_name, area, branch, received, register_filled as filled from jobseekers_filled
  union all
  select 'jobseekers' as table_name, 'person_number' as column_name, area, branch, received, person_number_filled as filled from jobseekers_filled
  union all
  select 'jobseekers' as table_name, 'birth_on' as column_name, area, branch, received, birth_on_filled as filled from jobseekers_filled
  union all
  select 'jobseekers' as table_name, 'gender' as column_name, area, branch, received, gender_filled as filled from jobseekers_filled
  union all
  select 'jobseekers' as table_name, 'origin' as column_name, area, branch, received, origin_filled as filled from jobseekers_filled
  union all
  select 'jobseekers' as table_name, 'qualification' as column_name, area, branch, received, qualification_filled as filled from jobseekers_filled
  union all
  select 'jobseeker_spells' as table_name, 'register' as column_name, area, branch, received, register_filled as filled from jobseeker_spells_filled
  union all
  select 'jobseeker_spells' as table_name, 'person_number' as column_name, area, branch, received, person_number_filled as filled from jobseeker_spells_filled
  union all
  select 'jobseeker_spells' as table_name, 'from_on' as column_name, area, branch, received, from_on_filled as filled from jobseeker_spells_filled
  union all
  select 'jobseeker_spells' as table_name, 'to_on' as column_name, area, branch, received, to_on_filled as filled from jobseeker_spells_filled
  union all
  select 'jobseeker_spells' as table_name, 'exit' as column_name, area, branch, received, exit_filled as filled from jobseeker_spells_filled
  union all
  select 'employment_spells' as table_name, 'register' as column_name, area, branch, received, register_filled as filled from employment_spells_filled
  union all
  select 'employment_spells' as table_name, 'person_number' as column_name, area, branch, received, person_number_filled as filled from employment_spells_filled
  union all
  select 'employment_spells' as table_name, 'from_on' as column_name, area, branch, received, from_on_filled as filled from employment_spells_filled
  union all
  select 'employment_spells' as table_name, 'to_on' as column_name, area, branch, received, to_on_filled as filled from employment_spells_filled
  union all
  select 'employment_spells' as table_name, 'contract' as column_name, area, branch, received, contract_filled as filled from employment_spells_filled
  union all
  select 'employment_spells' as table_name, 'contract_months' as column_name, area, branch, received, contract_months_filled as filled from employment_spells_filled
  union all
  select 'employment_spells' as table_name, 'work_fraction' as column_name, area, branch, received, work_fraction_filled as filled from employment_spells_filled
)
select
  table_name,
  column_name,
  area as region,
  branch as branch_id,
  cast(received as bigint) as rows,
  cast(filled as bigint) as filled
from filled
order by table_name, column_name, region, branch_id
