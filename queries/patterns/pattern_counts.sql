-- One row per pattern, by its content, and outcome for which its month is mature: its rows before any outcome is read.
select
  p.arm, p.month, p.age_band, p.gender, p.origin, p.qualification, p.region, p.index_month,
  p.unemployment_duration, p.months_worked_24, c.outcome, c.after, c.rows, c.persons, c.starts_later
from patterns.patterns p
join patterns.counts c on c.key = p.key
