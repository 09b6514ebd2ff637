import { STAGED_CODES, STAGED_REQUIRED, type StagedTable } from "../catalogue/staging.ts";
import { quoteText, type SqlEngine } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import { closest } from "./closest.ts";
import { isFixedWidth, strptimePattern } from "./date-format.ts";
import { type ColumnMapping, mappableColumns, type TableMapping } from "./mapping.ts";
import { type RawTable, rawColumn } from "./raw-table.ts";

/** What a staged column is made of: its text as it came, its value, and which rule a text without a value breaks. */
interface StagedColumn {
  readonly name: string;
  readonly type: string;
  /** SQL of the text, null where the cell is empty. */
  readonly text: string;
  /** SQL of the typed value. */
  readonly value: string;
  readonly rule: string;
  readonly detail: string;
  readonly required: boolean;
}

/** Creates `incoming.{table}` (typed rows of all files, broken ones too), `incoming.files` and `incoming.problems`. */
export async function createIncoming(engine: SqlEngine, tables: readonly StagedTable[]): Promise<void> {
  const statements = [
    "create schema if not exists incoming",
    "create or replace table incoming.files (file_id integer, source varchar, table_name varchar, path varchar, extraction_on date)",
    `create or replace table incoming.problems (table_name varchar, file_id integer, source_row bigint, field varchar,
      value varchar, rule varchar, severity varchar, detail varchar)`,
    ...tables.map((name) => {
      const columns = Object.entries(mappableColumns(name)).map(([column, type]) => `${column} ${type}`);
      return `create or replace table incoming.${name} (file_id integer, source_row bigint, ${columns.join(", ")})`;
    }),
  ];
  for (const text of statements) await engine.execute({ name: "incoming", text });
}

/** Adds one file's rows to `incoming.{table}`, and one problem a cell that has no value of its column's type. */
export async function addIncoming(
  engine: SqlEngine,
  fileId: number,
  mapping: TableMapping,
  register: string | undefined,
  raw: RawTable,
): Promise<void> {
  const columns = stagedColumns(mapping, register, raw);
  const names = columns.map(({ name }) => name).join(", ");
  await engine.execute({
    name: `incoming.${mapping.table}`,
    text: `insert into incoming.${mapping.table} (file_id, source_row, ${names})
      select ${fileId}, source_row, ${columns.map(({ value }) => value).join(",\n  ")} from ${raw.sqlName}`,
  });
  for (const column of columns) await addCellProblems(engine, fileId, mapping.table, column, raw);
  for (const { row, rule, value, detail } of raw.unreadable)
    await engine.execute(
      {
        name: "incoming.problems",
        text: `insert into incoming.problems values (${quoteText(mapping.table)}, ${fileId}, $row, '', $value, $rule, 'reject', $detail)`,
      },
      { row, value, rule, detail },
    );
}

async function addCellProblems(
  engine: SqlEngine,
  fileId: number,
  table: string,
  column: StagedColumn,
  raw: RawTable,
): Promise<void> {
  const add = (rule: string, detail: string, condition: string): Promise<void> =>
    engine.execute({
      name: `incoming.problems of ${table}.${column.name}`,
      text: `insert into incoming.problems select ${quoteText(table)}, ${fileId}, source_row, ${quoteText(column.name)}, ${column.text},
        ${quoteText(rule)}, 'reject', ${quoteText(detail)} from ${raw.sqlName} where ${condition}`,
    });
  if (column.value !== column.text)
    await add(column.rule, column.detail, `${column.text} is not null and ${column.value} is null`);
  if (column.required) await add("missing", "", `${column.text} is null and ${column.value} is null`);
}

function stagedColumns(mapping: TableMapping, register: string | undefined, raw: RawTable): readonly StagedColumn[] {
  const required: readonly string[] = STAGED_REQUIRED[mapping.table];
  return Object.entries(mappableColumns(mapping.table)).map(([name, type]) => {
    const given: ColumnMapping | undefined =
      mapping.columns[name] ?? (name === "register" && register !== undefined ? { constant: register } : undefined);
    const text = given === undefined ? "cast(null as varchar)" : textOf(given, mapping, raw);
    return {
      name,
      type,
      text,
      required: required.includes(name),
      ...typed(name, type, text, given, mapping, raw.typed),
    };
  });
}

function textOf(given: ColumnMapping, mapping: TableMapping, raw: RawTable): string {
  if (typeof given !== "string" && "constant" in given) return quoteText(given.constant);
  const header = headerOf(given);
  const cell = `nullif(trim(${rawColumn(raw.headers.indexOf(header))}), '')`;
  return mapping.nulls.reduce((sql, token) => `nullif(${sql}, ${quoteText(token)})`, cell);
}

const headerOf = (given: Exclude<ColumnMapping, { constant: string }>): string =>
  typeof given === "string" ? given : given.column;

/** The headers that a mapping asks a file for. */
export const mappedHeaders = (mapping: TableMapping): readonly string[] =>
  Object.values(mapping.columns).flatMap((given) =>
    typeof given !== "string" && "constant" in given ? [] : [headerOf(given)],
  );

/** The sender's own name of a staged column, or the staged one where nothing is mapped to it. */
export function sendersName(mapping: TableMapping, field: string): string {
  const given = mapping.columns[field];
  return given === undefined || (typeof given !== "string" && "constant" in given) ? field : headerOf(given);
}

type Typed = Pick<StagedColumn, "value" | "rule" | "detail">;

function typed(
  name: string,
  type: string,
  text: string,
  given: ColumnMapping | undefined,
  mapping: TableMapping,
  isTyped: boolean,
): Typed {
  if (given === undefined) return { value: `cast(null as ${type})`, rule: "", detail: "" };
  const codes = STAGED_CODES[name];
  const own = typeof given !== "string" && "column" in given ? given : undefined;
  if (codes !== undefined) return coded(text, own?.codes ?? Object.fromEntries(codes.map((code) => [code, code])));
  if (type === "DATE") return dated(text, own?.dates ?? mapping.dates, isTyped);
  if (type === "INTEGER") return wholeNumber(text, isTyped ? "." : mapping.csv.decimal);
  if (type === "DOUBLE") return decimalNumber(text, isTyped ? "." : mapping.csv.decimal);
  return own?.codes === undefined ? { value: text, rule: "", detail: "" } : coded(text, own.codes);
}

function coded(text: string, codes: Readonly<Record<string, string>>): Typed {
  const entries = Object.entries(codes);
  const known = entries.filter(([theirs]) => theirs !== "");
  const empty = codes[""];
  const cases = known.map(([theirs, ours]) => `when ${quoteText(theirs)} then ${quoteText(ours)}`).join(" ");
  const value = known.length === 0 ? "cast(null as varchar)" : `case ${text} ${cases} end`;
  return {
    value: empty === undefined ? value : `case when ${text} is null then ${quoteText(empty)} else ${value} end`,
    rule: "unknown_code",
    detail: known.map(([theirs]) => theirs).join(", "),
  };
}

function dated(text: string, format: string, isTyped: boolean): Typed {
  const parsed = (wanted: string): string => {
    const day = `cast(try_strptime(${text}, ${quoteText(strptimePattern(wanted))}) as date)`;
    const plausible = `year(${day}) between 1900 and 2199`;
    return `case when ${plausible}${isFixedWidth(wanted) ? ` and length(${text}) = ${wanted.length}` : ""} then ${day} end`;
  };
  const formats = isTyped ? [...new Set([format, "YYYY-MM-DD", "YYYY-MM-DD HH:mm:ss"])] : [format];
  return {
    value: formats.length === 1 ? parsed(format) : `coalesce(${formats.map(parsed).join(", ")})`,
    rule: "not_a_date",
    detail: format,
  };
}

const withPoint = (text: string, decimal: "." | ","): string => (decimal === "." ? text : `replace(${text}, ',', '.')`);

function decimalNumber(text: string, decimal: "." | ","): Typed {
  const pattern = decimal === "." ? "[+-]?[0-9]+([.][0-9]+)?" : "[+-]?[0-9]+(,[0-9]+)?";
  const number = `try_cast(${withPoint(text, decimal)} as double)`;
  return {
    value: `case when regexp_full_match(${text}, ${quoteText(pattern)}) and isfinite(${number}) then ${number} end`,
    rule: "not_a_number",
    detail: decimal === "." ? "12.5" : "12,5",
  };
}

function wholeNumber(text: string, decimal: "." | ","): Typed {
  const pattern = decimal === "." ? "[+-]?[0-9]+([.]0+)?" : "[+-]?[0-9]+(,0+)?";
  return {
    value: `case when regexp_full_match(${text}, ${quoteText(pattern)}) then try_cast(${withPoint(text, decimal)} as integer) end`,
    rule: "not_a_whole_number",
    detail: "12",
  };
}

/** @throws UserError when the file lacks a mapped column or has one of them twice; all of them at once */
export function checkHeaders(source: string, path: string, mapping: TableMapping, raw: RawTable): void {
  const problems = Object.entries(mapping.columns).flatMap(([field, given]) => {
    if (typeof given !== "string" && "constant" in given) return [];
    const header = headerOf(given);
    const times = raw.headers.filter((name) => name === header).length;
    if (times === 1) return [];
    return times === 0
      ? [
          `${path} has no column '${header}', which ${source}.yaml maps to ${mapping.table}.${field}; ${closest(header, raw.headers)}`,
        ]
      : [
          `${path} has ${times} columns '${header}', which ${source}.yaml maps to ${mapping.table}.${field}; rename all but one`,
        ];
  });
  if (problems.length > 0) throw new UserError(problems);
}
