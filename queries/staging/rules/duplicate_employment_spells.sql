-- One row per employment spell whose key an earlier acceptable row has already; such rows share person and first day, so only those that do are asked.
with acceptable as (
  select arrived.file_id, arrived.source_row, arrived.register, arrived.person_number, arrived.from_on, arrived.to_on, arrived.contract, arrived.contract_months, arrived.work_fraction
  from incoming.employment_spells as arrived
  join incoming.compared_employment_spells as compared
    on compared.is_alike and compared.file_id = arrived.file_id and compared.source_row = arrived.source_row
  where not exists (
      select 1 from incoming.problems
      where table_name = 'employment_spells' and severity = 'reject'
        and problems.file_id = arrived.file_id and problems.source_row = arrived.source_row
    )
),
repeated as (
  select register, person_number, from_on, to_on, contract, contract_months, work_fraction from acceptable group by register, person_number, from_on, to_on, contract, contract_months, work_fraction having count(*) > 1
),
numbered as (
  select
    kept.*,
    row_number() over (partition by kept.register, kept.person_number, kept.from_on, kept.to_on, kept.contract, kept.contract_months, kept.work_fraction order by kept.file_id, kept.source_row) as occurrence,
    first_value(kept.file_id) over (partition by kept.register, kept.person_number, kept.from_on, kept.to_on, kept.contract, kept.contract_months, kept.work_fraction order by kept.file_id, kept.source_row) as first_file,
    first_value(kept.source_row) over (partition by kept.register, kept.person_number, kept.from_on, kept.to_on, kept.contract, kept.contract_months, kept.work_fraction order by kept.file_id, kept.source_row) as first_row
  from acceptable kept
  join repeated on repeated.register is not distinct from kept.register and repeated.person_number is not distinct from kept.person_number and repeated.from_on is not distinct from kept.from_on and repeated.to_on is not distinct from kept.to_on and repeated.contract is not distinct from kept.contract and repeated.contract_months is not distinct from kept.contract_months and repeated.work_fraction is not distinct from kept.work_fraction
)
select
  numbered.file_id,
  numbered.source_row,
  'person_number' as field,
  concat_ws(' / ', register, person_number, from_on, to_on, contract, contract_months, work_fraction) as value,
  files.path || ' {row} ' || cast(numbered.first_row as varchar) as detail
from numbered
join incoming.files as files on files.file_id = numbered.first_file
where numbered.occurrence > 1
