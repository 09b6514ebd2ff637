-- One row per person of the register who ever started a duo, in any region and year: nobody is a control from that month on.
select person_key, started_on, month
from risk.duos
where first_of_person and person_key is not null
