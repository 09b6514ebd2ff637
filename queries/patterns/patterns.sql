-- One row per arm, index month and values of the covariates at risk, in months that are mature for at least one outcome.
with mature as (
  select distinct month from risk.maturity where mature
),
found as (
  select distinct
    p.arm, p.month, p.age_band, p.gender, p.origin, p.qualification, p.region, p.index_month,
    p.unemployment_duration, p.months_worked_24
  from risk.person_months p
  join mature m on m.month = p.month
)
select
  cast(row_number() over (
    order by arm desc, month, age_band, gender, origin, qualification, unemployment_duration, months_worked_24
  ) - 1 as integer) as key,
  arm, month, age_band, gender, origin, qualification, region, index_month, unemployment_duration, months_worked_24
from found
