-- One row per place and period: trained mentors on its last day, by what they are doing: in a duo, waiting for their first, between two duos, not seen for 24 months.
with closings as (
  select distinct period, closes_on from programme.periods
),
mentors as (
  select m.mentor_id, m.branch_id, c.period, c.closes_on,
    count(case when d.started_on <= c.closes_on and (d.ended_on is null or d.ended_on > c.closes_on) then 1 end) as running,
    count(case when d.started_on <= c.closes_on then 1 end) as begun,
    max(case when d.ended_on <= c.closes_on then d.ended_on end) as last_end_on,
    m.trained_on
  from staging.mentors m
  cross join closings c
  left join programme.duos d on d.mentor_id = m.mentor_id
  where m.trained_on <= c.closes_on
  group by m.mentor_id, m.branch_id, c.period, c.closes_on, m.trained_on
),
judged as (
  select *,
    case
      when running > 0 then 'active'
      when coalesce(last_end_on, trained_on) <= add_months(closes_on, -24) then 'dormant'
      when begun = 0 then 'waiting_first'
      else 'waiting_next'
    end as status
  from mentors
)
select
  pl.region, pl.dimension, pl.level, j.period,
  count(distinct j.mentor_id) as trained,
  count(distinct case when j.status = 'active' then j.mentor_id end) as active,
  count(distinct case when j.status = 'waiting_first' then j.mentor_id end) as waiting_first,
  count(distinct case when j.status = 'waiting_next' then j.mentor_id end) as waiting_next,
  count(distinct case when j.status = 'dormant' then j.mentor_id end) as dormant,
  count(distinct case when j.running > 1 then j.mentor_id end) as several_duos
from judged j
join programme.places pl on pl.branch_id = j.branch_id
group by pl.region, pl.dimension, pl.level, j.period
