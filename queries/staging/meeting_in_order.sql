-- One row per spell that begins before the row ahead, of the same person, has ended, and per spell that stands behind a later person's.
-- Where no row stands behind a later person's, the rows of each person lie together: whoever has no row here has no two spells on one day.
with days as (
  select
    person_number,
    from_on,
    case when to_on < from_on then from_on else coalesce(to_on, date 'infinity') end as last_on
  from incoming.rows_read
  where person_number is not null and from_on is not null
),
followed as (
  select
    person_number,
    from_on,
    lag(person_number) over () as ahead,
    lag(last_on) over () as ahead_last_on
  from days
)
select hash(person_number) as person, person_number < ahead as is_back
from followed
where person_number < ahead or (person_number = ahead and from_on <= ahead_last_on)
union all
-- rows that were read beside the file: each of their persons is asked in full
select hash(person_number) as person, false as is_back
from incoming.rows_beside
where person_number is not null
