-- One row per duo, role and wave that answered a questionnaire: the last complete response, else the last partial one.
with arrived as (
  select unnest(from_json(
    cast($rows as json),
    '[{"response_id": "VARCHAR", "duo_id": "VARCHAR", "role": "VARCHAR", "wave": "VARCHAR", "submitted_on": "DATE",
       "language": "VARCHAR", "complete": "BOOLEAN", "source_file": "VARCHAR", "source_row": "BIGINT"}]'
  ), recursive := true)
)
select response_id, duo_id, role, wave, submitted_on, language, complete, source_file, source_row
from arrived
