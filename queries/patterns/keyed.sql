-- One row per person and index month at risk in a mature month: the pattern it belongs to.
select p.person_key, p.month, k.key
from risk.person_months p
join patterns.patterns k
  on k.arm = p.arm and k.month = p.month and k.age_band = p.age_band and k.gender = p.gender and k.origin = p.origin
  and k.qualification = p.qualification and k.unemployment_duration = p.unemployment_duration
  and k.months_worked_24 = p.months_worked_24
