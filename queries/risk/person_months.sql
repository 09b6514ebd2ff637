-- One row per person and index month at risk, with the covariates as they were known on the index day.
with at_risk as (
  select
    person_key,
    month,
    arm,
    index_on,
    age,
    -- completed months, by the day of the month
    month_number(index_on) - month_number(registered_from)
      - case when extract(day from index_on) < extract(day from registered_from) then 1 else 0 end as registered_months,
    add_months(index_on, -24) as history_from
  from risk.tested
  where reason is null
),
study as (
  select add_months(min(first_on), -24) as history_from, max(last_on) as last_on from risk.index_months
),
-- most times in work lie outside of the study's months and the two years before: they leave before they are compared with each
in_study as (
  select e.person_key, e.from_on, e.to_on
  from risk.merged_employment e
  cross join study
  where e.from_on < study.last_on and e.to_on >= study.history_from
),
worked as (
  select
    r.person_key,
    r.month,
    cast(sum(
      case when e.to_on < r.index_on then e.to_on + 1 else r.index_on end
      - case when e.from_on > r.history_from then e.from_on else r.history_from end
    ) as bigint) as days
  from at_risk r
  join in_study e
    on e.person_key = r.person_key and e.from_on < r.index_on and e.to_on >= r.history_from
  group by r.person_key, r.month
),
described as (
  select
    r.person_key,
    r.month,
    r.arm,
    r.index_on,
    r.age,
    b.band as age_band,
    p.gender,
    p.origin,
    p.qualification,
    $region as region,
    m.label as index_month,
    case
      when r.registered_months < 6 then '0-5'
      when r.registered_months < 12 then '6-11'
      when r.registered_months < 24 then '12-23'
      else '24+'
    end as unemployment_duration,
    -- a month is 30.4375 = 487/16 days
    case
      when coalesce(w.days, 0) * 16 < 487 then '0'
      when w.days * 16 < 487 * 6 then '1-5'
      when w.days * 16 < 487 * 12 then '6-11'
      else '12+'
    end as months_worked_24
  from at_risk r
  join risk.persons p on p.person_key = r.person_key and p.eligible_origin
  join risk.index_months m on m.month = r.month
  join settings.age_bands b on r.age between b.age_from and b.age_to
  left join worked w on w.person_key = r.person_key and w.month = r.month
)
select
  person_key, month, arm, index_on, age, age_band, gender, origin, qualification, region, index_month,
  unemployment_duration, months_worked_24
from described
