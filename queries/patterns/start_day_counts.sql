-- One row per day on which linked participants of the study started: how many.
select month, cast(started_on as varchar) as started_on, count(*) as participants
from risk.duos
where reason is null
group by month, started_on
