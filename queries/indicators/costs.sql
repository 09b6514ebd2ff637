-- One row per region or network and period with duos or a budget: the amounts (null unless every year of the period has one), duos started, and declared solutions of duos ended in it; `is_mature`: the twelve months after every duo that ended in it are over.
with years as (
  select distinct period, year, closes_on from programme.periods
),
active as (
  select region, period from indicators.duos where dimension = 'total'
  union
  select b.region, y.period from programme.budget_years b join years y on y.year = b.year
),
spans as (
  select period, count(*) as years, max(closes_on) as closes_on from years group by period
),
amounts as (
  select b.region, y.period, count(b.amount_eur) as years, sum(cast(b.amount_eur as decimal(18, 2))) as amount
  from programme.budget_years b
  join years y on y.year = b.year
  group by b.region, y.period
),
started as (
  select region, period, duos from indicators.duos where dimension = 'total' and status = 'started'
),
solved as (
  select region, period, cast(sum(duos) as bigint) as duos
  from indicators.declared_outcomes
  where dimension = 'total' and solution in ('job', 'training', 'internship')
  group by region, period
)
select
  a.region, 'total' as dimension, 'total' as level, a.period,
  cast(case when m.years = s.years then m.amount end as double) as amount_eur,
  coalesce(d.duos, 0) as duos,
  coalesce(o.duos, 0) as solutions,
  add_months(s.closes_on, 12) <= cast($as_of as date) as is_mature
from active a
join spans s on s.period = a.period
left join amounts m on m.region = a.region and m.period = a.period
left join started d on d.region = a.region and d.period = a.period
left join solved o on o.region = a.region and o.period = a.period
