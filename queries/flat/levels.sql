-- One row per covariate and text, of the columns with at most $most of them: the level's name, the number it is, and how
-- many rows have it.
with counted as (
  select covariate, cast(count(*) as bigint) as total from flat.texts_of group by covariate
)
select
  texts_of.covariate,
  texts_of.text,
  case when texts_of.text = '' then $missing else texts_of.text end as level,
  try_cast(texts_of.text as double) as number,
  texts_of.rows
from flat.texts_of
inner join counted on counted.covariate = texts_of.covariate
where counted.total <= $most
order by texts_of.covariate, level, texts_of.text
