-- One row per place, period and status: duos matched, started, running on the last day, completed and ended by reason in the period, and the mentees in them.
with statuses as (
  select 'created' as status, duo_id, mentee_id, branch_id, matched_on as from_on, matched_on as to_on
  from programme.duos where matched_on is not null
  union all
  select 'started', duo_id, mentee_id, branch_id, started_on, started_on
  from programme.duos where started_on is not null
  union all
  select 'ended', duo_id, mentee_id, branch_id, ended_on, ended_on
  from programme.duos where ended_on is not null
  union all
  select 'ended_' || end_reason, duo_id, mentee_id, branch_id, ended_on, ended_on
  from programme.duos where ended_on is not null
),
events as (
  select distinct pl.region, pl.dimension, pl.level, p.period, s.status, s.duo_id, s.mentee_id
  from statuses s
  join programme.places pl on pl.branch_id = s.branch_id
  join programme.periods p on s.from_on >= p.opens_on and s.from_on <= p.closes_on
),
running as (
  select distinct pl.region, pl.dimension, pl.level, p.period, 'running' as status, d.duo_id, d.mentee_id
  from programme.duos d
  join programme.places pl on pl.branch_id = d.branch_id
  join programme.periods p
    on d.started_on <= p.closes_on and (d.ended_on is null or d.ended_on > p.closes_on)
),
every_status as (
  select * from events
  union all
  select * from running
)
select
  region, dimension, level, period, status,
  count(distinct duo_id) as duos,
  count(distinct mentee_id) as mentees
from every_status
group by region, dimension, level, period, status
