-- One row per index month and outcome: whether its last day's window, look-ahead and reporting lag end by the extraction date.
with seen as (
  select
    m.month,
    m.label,
    o.definition,
    o.after,
    add_months(add_months(m.last_on, o.after + cast($months as integer)), o.lookahead + cast($lag as integer)) as known_on
  from risk.index_months m
  cross join settings.outcomes o
)
select month, label, definition, after, known_on, known_on <= cast($extraction as date) as mature
from seen
