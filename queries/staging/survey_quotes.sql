-- One row per answer in words that is approved, with consent, to be printed.
with arrived as (
  select unnest(from_json(
    cast($rows as json),
    '[{"response_id": "VARCHAR", "item": "VARCHAR", "text": "VARCHAR"}]'
  ), recursive := true)
)
select response_id, item, text
from arrived
