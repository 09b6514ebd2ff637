-- One row per response, item and answer given, in the codebook's codes; `number` where the answer stands on a scale.
with arrived as (
  select unnest(from_json(
    cast($rows as json),
    '[{"response_id": "VARCHAR", "item": "VARCHAR", "code": "VARCHAR", "number": "DOUBLE"}]'
  ), recursive := true)
)
select response_id, item, code, number
from arrived
