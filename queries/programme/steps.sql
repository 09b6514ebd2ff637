-- One row per person in a role and step of the eight that the person has reached by the day `as_of`, with its day where it is known.
-- A later step proves the earlier ones; support (7) is reached where the duo ran its course or ended because a job was found.
with mentee_days as (
  select 'mentee' as role, m.mentee_id as person_id, m.branch_id, s.step,
    case s.step
      when 1 then m.info_session_on
      when 2 then m.intake_on
      when 4 then d.matched_on
      when 5 then d.first_meeting_on
      when 6 then d.started_on
      when 7 then case when d.end_reason in ('completed', 'job_found') then d.ended_on end
      when 8 then case when d.end_reason in ('completed', 'job_found') then d.assessed_on end
    end as day
  from staging.mentees m
  cross join (values (1), (2), (4), (5), (6), (7), (8)) as s(step)
  left join programme.duos d on d.mentee_id = m.mentee_id and d.first_of_mentee
),
mentor_first as (
  select
    *,
    row_number() over (
      partition by mentor_id order by case when started_on is null then 1 else 0 end, started_on, matched_on, duo_id
    ) as nth
  from programme.duos
),
mentor_days as (
  select 'mentor' as role, m.mentor_id as person_id, m.branch_id, s.step,
    case s.step
      when 1 then m.info_session_on
      when 2 then m.intake_on
      when 3 then m.trained_on
      when 4 then d.matched_on
      when 5 then d.first_meeting_on
      when 6 then d.started_on
      when 7 then case when d.end_reason in ('completed', 'job_found') then d.ended_on end
      when 8 then case when d.end_reason in ('completed', 'job_found') then d.assessed_on end
    end as day
  from staging.mentors m
  cross join (values (1), (2), (3), (4), (5), (6), (7), (8)) as s(step)
  left join mentor_first d on d.mentor_id = m.mentor_id and d.nth = 1
),
days as (
  select role, person_id, branch_id, step, case when day <= cast($as_of as date) then day end as day from mentee_days
  union all
  select role, person_id, branch_id, step, case when day <= cast($as_of as date) then day end from mentor_days
),
furthest as (
  select role, person_id, max(step) as furthest, min(day) as entered_on
  from days
  where day is not null
  group by role, person_id
)
select days.role, days.person_id, days.branch_id, days.step, days.day as reached_on, furthest.entered_on
from days
join furthest on furthest.role = days.role and furthest.person_id = days.person_id
where days.step <= furthest.furthest
