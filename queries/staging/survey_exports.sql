-- One row per export of a questionnaire: the days between which the duos started that it asked, null where it asked all.
with arrived as (
  select unnest(from_json(
    cast($rows as json),
    '[{"export": "VARCHAR", "started_from": "DATE", "started_to": "DATE"}]'
  ), recursive := true)
)
select export, started_from, started_to
from arrived
