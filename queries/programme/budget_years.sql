-- One row per region or network and year with duos or a budget: the amounts, null where a region with duos has none.
-- What is booked on the network belongs to no region: it counts for the network only.
with active as (
  select distinct b.region, cast(extract(year from d.started_on) as integer) as year
  from programme.duos d
  join staging.branches b on b.branch_id = d.branch_id
  where d.started_on is not null
),
booked as (
  select region, year, sum(cast(amount_eur as decimal(18, 2))) as amount
  from staging.budget
  group by region, year
),
regions as (
  select
    coalesce(a.region, b.region) as region, coalesce(a.year, b.year) as year, b.amount,
    case when a.region is not null and b.amount is null then 1 else 0 end as lacks
  from active a
  full join (select * from booked where region <> 'network') b on b.region = a.region and b.year = a.year
),
network as (
  select year, sum(amount) as amount, sum(lacks) as lacks from regions group by year
),
shared as (
  select year, amount from booked where region = 'network'
)
select region, year, cast(amount as double) as amount_eur from regions
union all
select
  'network', coalesce(n.year, s.year),
  cast(case when coalesce(n.lacks, 0) = 0 then coalesce(n.amount, 0) + coalesce(s.amount, 0) end as double)
from network n
full join shared s on s.year = n.year
