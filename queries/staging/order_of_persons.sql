-- One row: rows whose person comes before the one of the row ahead, and rows of the same person as the row ahead, in the order in which the rows are read.
with followed as (
  select person_number, lag(person_number) over () as ahead
  from incoming.rows_read
  where person_number is not null
)
select
  count(*) filter (where person_number < ahead) as back,
  count(*) filter (where person_number = ahead) as same
from followed
