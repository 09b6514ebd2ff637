-- One row per person-month of a matched pattern and outcome: 1 placed, 0 not, null where immature; with what can't be known.
with windows as (
  select
    p.person_key,
    p.month,
    k.key,
    p.index_on,
    a.after,
    add_months(p.index_on, a.after) as opens_on,
    add_months(p.index_on, a.after + cast($months as integer)) as closes_on
  from risk.person_months p
  join patterns.keyed k on k.person_key = p.person_key and k.month = p.month
  join patterns.matched m on m.key = k.key
  cross join (select distinct after from settings.outcomes) a
),
worked as (
  select
    w.person_key,
    w.month,
    w.after,
    cast(sum(
      case when e.to_on < w.closes_on then e.to_on + 1 else w.closes_on end
      - case when e.from_on > w.opens_on then e.from_on else w.opens_on end
    ) as bigint) as days,
    max(case when e.to_on >= w.closes_on - 1 then 1 else 0 end) as at_end
  from windows w
  join risk.merged_employment e
    on e.person_key = w.person_key and e.from_on < w.closes_on and e.to_on >= w.opens_on
  group by w.person_key, w.month, w.after
),
lengths as (
  select
    person_key,
    from_on,
    to_on,
    contract,
    contract_months,
    to_on is null and add_months(from_on, 3) > cast($extraction as date) + 1 as younger_than_3,
    add_months(from_on, 3) <= coalesce(to_on, cast($extraction as date)) + 1 as lasted_3,
    add_months(from_on, 6) <= coalesce(to_on, cast($extraction as date)) + 1 as lasted_6
  from risk.employment_spells
  where counts
    -- asked for by two of the definitions only
    and exists (select 1 from settings.outcomes where definition in ('contract3m', 'sustained6m'))
),
started as (
  select
    w.person_key,
    w.month,
    w.after,
    max(case
      when $contract_length = 'observed' then case when s.lasted_3 then 1 else 0 end
      when s.contract = 'permanent' or s.contract_months >= 3 then 1
      when s.contract_months is null and s.lasted_3 then 1
      else 0
    end) as contract_3,
    -- a running contract without a length, too young to have shown one: it may be of three months, or not
    max(case
      when $contract_length = 'contractual' and s.contract is distinct from 'permanent'
        and s.contract_months is null and s.younger_than_3 then 1
      else 0
    end) as contract_open,
    max(case when s.lasted_6 then 1 else 0 end) as sustained_6
  from windows w
  join lengths s
    on s.person_key = w.person_key and s.from_on >= w.index_on and s.from_on < w.closes_on
    and (s.to_on is null or s.to_on >= w.opens_on)
  group by w.person_key, w.month, w.after
),
leavers as (
  select distinct person_key from risk.registered_spells where exit in ('emigrated', 'died')
),
registered as (
  select
    w.person_key,
    w.month,
    w.after,
    w.closes_on,
    s.to_on,
    s.exit,
    row_number() over (
      partition by w.person_key, w.month, w.after
      order by coalesce(s.to_on, date '9999-12-31') desc, s.from_on desc, s.source_file, s.source_row
    ) as nth_from_last
  from windows w
  join leavers l on l.person_key = w.person_key
  join risk.registered_spells s on s.person_key = w.person_key and s.from_on < w.closes_on
),
unknown as (
  select r.person_key, r.month, r.after
  from registered r
  where r.nth_from_last = 1
    and r.to_on < r.closes_on
    and r.exit in ('emigrated', 'died')
    and not exists (
      select 1
      from risk.employment_spells e
      where e.person_key = r.person_key and e.from_on < r.closes_on and (e.to_on is null or e.to_on > r.to_on)
    )
),
placed as (
  select
    w.person_key,
    w.month,
    w.key,
    o.definition,
    o.after,
    y.mature,
    case o.definition
      when 'days90' then case when d.days >= 90 then 1 else 0 end
      when 'at12' then coalesce(d.at_end, 0)
      when 'contract3m' then coalesce(s.contract_3, 0)
      when 'sustained6m' then coalesce(s.sustained_6, 0)
    end as y,
    case
      when u.person_key is not null then 1
      when o.definition = 'contract3m' and s.contract_3 = 0 and s.contract_open = 1 then 1
      else 0
    end as unknown
  from windows w
  join settings.outcomes o on o.after = w.after
  join risk.maturity y on y.month = w.month and y.definition = o.definition and y.after = o.after
  left join worked d on d.person_key = w.person_key and d.month = w.month and d.after = w.after
  left join started s on s.person_key = w.person_key and s.month = w.month and s.after = w.after
  left join unknown u on u.person_key = w.person_key and u.month = w.month and u.after = w.after
)
select person_key, month, key, definition, after, mature, case when mature then y end as y, unknown
from placed
