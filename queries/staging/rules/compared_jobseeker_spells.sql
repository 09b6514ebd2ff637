-- One row per accepted jobseeker spell that begins before an earlier one of the same person has ended, or on the same day as another; earlier is by first day, file and row.
with accepted as (
  select candidates.*
  from incoming.candidates_jobseeker_spells as candidates
  where not exists (
    select 1 from incoming.problems
    where table_name = 'jobseeker_spells' and severity = 'reject'
      and problems.file_id = candidates.file_id and problems.source_row = candidates.source_row
  )
),
compared as (
  select
    file_id,
    source_row,
    from_on,
    from_on <= max(coalesce(to_on, date 'infinity')) over (spells rows between unbounded preceding and 1 preceding) as is_within,
    from_on = lag(from_on) over spells or from_on = lead(from_on) over spells as is_alike
  from accepted
  window spells as (partition by register, person_number order by from_on, file_id, source_row)
)
select file_id, source_row, from_on, coalesce(is_within, false) as is_within, coalesce(is_alike, false) as is_alike
from compared
where is_within or is_alike
