-- One row per duo, with what was known of it on the day `as_of` (later days count as not there yet) and its place in the mentor's row of duos.
with known as (
  select
    duo_id,
    mentee_id,
    mentor_id,
    branch_id,
    case when matched_on <= cast($as_of as date) then matched_on end as matched_on,
    case when first_meeting_on <= cast($as_of as date) then first_meeting_on end as first_meeting_on,
    case when started_on <= cast($as_of as date) then started_on end as started_on,
    case when started_on <= cast($as_of as date) and ended_on <= cast($as_of as date) then ended_on end as ended_on,
    case when started_on <= cast($as_of as date) and ended_on <= cast($as_of as date) then end_reason end as end_reason,
    case when assessed_on <= cast($as_of as date) then assessed_on end as assessed_on
  from staging.duos
),
ranked as (
  select
    *,
    row_number() over (
      partition by mentor_id, case when started_on is null then 0 else 1 end order by started_on, duo_id
    ) as nth,
    row_number() over (
      partition by mentee_id order by case when started_on is null then 1 else 0 end, started_on, matched_on, duo_id
    ) as nth_of_mentee
  from known
)
select
  duo_id,
  mentee_id,
  mentor_id,
  branch_id,
  matched_on,
  first_meeting_on,
  started_on,
  ended_on,
  case
    when ended_on is null then null
    else coalesce(end_reason, 'unknown')
  end as end_reason,
  assessed_on,
  cast(case when started_on is not null and mentor_id is not null then nth end as integer) as nth_of_mentor,
  nth_of_mentee = 1 as first_of_mentee
from ranked
