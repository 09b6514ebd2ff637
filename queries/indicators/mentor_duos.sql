-- One row per place and period: mentors with a started duo by its last day, their duos so far, how many mentors had one, two, three or more, and the days between two duos of which the second started in the period.
with closings as (
  select distinct period, opens_on, closes_on from programme.periods
),
mentors as (
  select c.period, d.mentor_id, d.branch_id, count(*) as duos
  from programme.mentor_duos d
  join closings c on d.started_on <= c.closes_on
  group by c.period, d.mentor_id, d.branch_id
),
gaps as (
  select c.period, d.mentor_id, d.branch_id, d.started_on - d.previous_ended_on as days
  from programme.mentor_duos d
  join closings c on d.started_on >= c.opens_on and d.started_on <= c.closes_on
  where d.previous_ended_on <= d.started_on
),
counted as (
  select
    pl.region, pl.dimension, pl.level, m.period,
    count(distinct m.mentor_id) as mentors,
    cast(sum(m.duos) as bigint) as duos,
    max(m.duos) as most,
    count(distinct case when m.duos = 1 then m.mentor_id end) as one,
    count(distinct case when m.duos = 2 then m.mentor_id end) as two,
    count(distinct case when m.duos >= 3 then m.mentor_id end) as three_or_more
  from mentors m
  join programme.places pl on pl.branch_id = m.branch_id
  group by pl.region, pl.dimension, pl.level, m.period
),
between_duos as (
  select
    pl.region, pl.dimension, pl.level, g.period,
    count(distinct g.mentor_id) as waited,
    cast(percentile_cont(0.5) within group (order by g.days) as double) as median_days
  from gaps g
  join programme.places pl on pl.branch_id = g.branch_id
  group by pl.region, pl.dimension, pl.level, g.period
)
select
  c.region, c.dimension, c.level, c.period, c.mentors, c.duos, c.most, c.one, c.two, c.three_or_more,
  coalesce(b.waited, 0) as waited,
  b.median_days
from counted c
left join between_duos b
  on b.region = c.region and b.dimension = c.dimension and b.level = c.level and b.period = c.period
