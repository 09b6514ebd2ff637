-- One row per employment spell of the study's register, of an eligible origin, as it came, by person key;
-- `counts` where its days are work.
with spells as (
  select
    p.person_key,
    s.from_on,
    s.to_on,
    s.contract,
    s.contract_months,
    not exists (select 1 from settings.excluded_contracts e where e.contract = s.contract) as counts,
    s.source_file,
    s.source_row
  from staging.employment_spells s
  join risk.persons p on p.person_number = s.person_number
  where p.eligible_origin and s.register = $register and s.from_on is not null and (s.to_on is null or s.to_on >= s.from_on)
)
select person_key, from_on, to_on, contract, contract_months, counts, source_file, source_row
from spells
