-- One row per mentee and participation entered by the day `as_of`: the facts on entry, and what was stated on leaving.
-- On leaving: stated from the day of leaving to 28 days after it; the last status counts. `complete`: no compulsory fact is missing.
-- A status without a day of its own was stated on the day of leaving; a level of qualification in the record goes before the mentee's.
with records as (
  select *
  from staging.esf_records
  where entered_on <= cast($as_of as date)
),
participations as (
  select
    mentee_id,
    entered_on,
    max(case when left_on <= cast($as_of as date) then left_on end) as left_on,
    max(status_on_entry) as status_on_entry,
    max(case when qualification <> 'unknown' then qualification end) as qualification,
    max(disability) as disability,
    max(third_country_national) as third_country_national,
    max(foreign_background) as foreign_background,
    max(minority) as minority,
    max(homeless) as homeless,
    max(rural) as rural,
    max(status_after_6_months) as status_after_6_months,
    max(situation_improved) as situation_improved
  from records
  group by mentee_id, entered_on
),
stated as (
  select
    p.mentee_id, p.entered_on, r.status_on_leaving, r.qualification_gained,
    row_number() over (
      partition by p.mentee_id, p.entered_on
      order by
        case when r.status_on_leaving is null then 1 else 0 end,
        coalesce(r.leaving_status_on, p.left_on) desc,
        r.source_file,
        r.source_row desc
    ) as place
  from participations p
  join records r on r.mentee_id = p.mentee_id and r.entered_on = p.entered_on
  where coalesce(r.leaving_status_on, p.left_on) between p.left_on and p.left_on + 28
    and coalesce(r.leaving_status_on, p.left_on) <= cast($as_of as date)
),
leavings as (
  select
    mentee_id, entered_on,
    max(case when place = 1 then status_on_leaving end) as status_on_leaving,
    max(case when qualification_gained = 'yes' then 'yes' end) as qualification_gained
  from stated
  group by mentee_id, entered_on
),
known as (
  select
    p.*, m.branch_id,
    case when m.gender = 'other' then 'non_binary' else m.gender end as gender,
    cast(
      extract(year from p.entered_on) - extract(year from m.birth_on)
        - case
            when extract(month from p.entered_on) * 100 + extract(day from p.entered_on)
              < extract(month from m.birth_on) * 100 + extract(day from m.birth_on) then 1
            else 0
          end as integer
    ) as age,
    coalesce(p.qualification, case when m.qualification <> 'unknown' then m.qualification end) as level,
    l.status_on_leaving,
    l.qualification_gained
  from participations p
  join staging.mentees m on m.mentee_id = p.mentee_id
  left join leavings l on l.mentee_id = p.mentee_id and l.entered_on = p.entered_on
)
select
  mentee_id,
  branch_id,
  entered_on,
  left_on,
  gender,
  age,
  status_on_entry,
  level as qualification,
  disability,
  third_country_national,
  foreign_background,
  minority,
  homeless,
  rural,
  status_on_leaving,
  qualification_gained,
  case when add_months(left_on, 6) <= cast($as_of as date) then status_after_6_months end as status_after_6_months,
  case when add_months(left_on, 6) <= cast($as_of as date) then situation_improved end as situation_improved,
  left_on is not null and left_on + 28 <= cast($as_of as date) as has_left,
  left_on is not null and add_months(left_on, 6) <= cast($as_of as date) as has_left_6_months,
  gender is not null and age is not null and status_on_entry is not null and level is not null as complete
from known
