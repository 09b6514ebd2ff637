-- One row per place, period in which the mentors' first duo ended and months since: those whose first duo ended that long before `as_of`, and how many of them had started another one by then; month null = by `as_of`, however long ago.
with horizons (month) as (
  values (cast(null as integer)), (3), (6), (12), (18), (24), (36)
),
firsts as (
  select first.mentor_id, first.branch_id, first.ended_on, second.started_on as next_on
  from programme.mentor_duos first
  left join programme.mentor_duos second on second.mentor_id = first.mentor_id and second.nth = 2
  where first.nth = 1 and first.ended_on is not null
)
select
  pl.region, pl.dimension, pl.level, p.period,
  coalesce(cast(h.month as varchar), 'all') as since,
  count(distinct f.mentor_id) as mentors,
  count(distinct case
    when h.month is null and f.next_on is not null then f.mentor_id
    when f.next_on < add_months(f.ended_on, h.month) then f.mentor_id
  end) as returned
from firsts f
cross join horizons h
join programme.places pl on pl.branch_id = f.branch_id
join programme.periods p on p.year = cast(extract(year from f.ended_on) as integer)
where h.month is null or add_months(f.ended_on, h.month) <= cast($as_of as date)
group by pl.region, pl.dimension, pl.level, p.period, h.month
