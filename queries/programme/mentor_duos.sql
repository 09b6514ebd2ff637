-- One row per started duo of a mentor, with the mentor's branch and the end of the duo before it.
with started as (
  select
    d.mentor_id,
    m.branch_id,
    d.duo_id,
    d.nth_of_mentor as nth,
    d.started_on,
    d.ended_on,
    lag(d.ended_on) over (partition by d.mentor_id order by d.nth_of_mentor) as previous_ended_on
  from programme.duos d
  join staging.mentors m on m.mentor_id = d.mentor_id
  where d.started_on is not null
)
select mentor_id, branch_id, duo_id, nth, started_on, ended_on, previous_ended_on from started
