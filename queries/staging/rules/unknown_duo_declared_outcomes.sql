-- One row per row of declared_outcomes whose duo_id is not among the accepted duos.
with arrived as (
  select file_id, source_row, duo_id from incoming.declared_outcomes where duo_id is not null
)
select file_id, source_row, 'duo_id' as field, duo_id as value, '' as detail
from arrived
where not exists (select 1 from staging.duos where duos.duo_id = arrived.duo_id)
