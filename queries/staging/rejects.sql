-- One row per problem of a received row: its place as the sender knows it, and what to do.
with problems as (
  select * from incoming.problems
),
placed as (
  select
    files.source,
    problems.table_name,
    files.path,
    problems.source_row,
    problems.field,
    coalesce(fields.column_name, problems.field) as column_name,
    problems.value,
    problems.rule,
    problems.severity,
    languages.row_word,
    sentences.sentence,
    problems.detail,
    languages.or_word,
    languages.instead_word,
    languages.year_word,
    languages.day_word
  from problems
  join incoming.files as files on files.file_id = problems.file_id
  join incoming.languages as languages on languages.file_id = problems.file_id
  join incoming.sentences as sentences
    on sentences.rule = problems.rule and sentences.language = languages.language
  left join incoming.fields as fields on fields.file_id = problems.file_id and fields.field = problems.field
),
-- What a detail says in words, beside names and values, is in braces until its language is known.
told as (
  select
    * exclude (sentence, detail),
    replace(
      sentence,
      '{detail}',
      case
        when contains(detail, '{')
          then replace(replace(replace(replace(replace(
            detail, '{row}', row_word), '{or}', or_word), '{instead}', instead_word), '{YYYY}', year_word), '{DD}', day_word)
        else detail
      end
    ) as sentence
  from placed
),
worded as (
  select
    *,
    case when column_name = '' then '' else '`' || column_name || '`' end
      || case when value is null then ' ' else ': ''' || value || ''' ' end
      || sentence as remedy
  from told
)
select
  source,
  table_name,
  path as file,
  source_row as row,
  field,
  column_name,
  value,
  rule,
  severity,
  path || ' ' || row_word || ' ' || cast(source_row as varchar)
    || case when column_name = '' then '' else ', ' end
    || remedy as message,
  ltrim(remedy, ': ') as remedy
from worded
