import { STAGED_REQUIRED, type StagedTable } from "../catalogue/staging.ts";
import { quoteText, type SqlEngine } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import { closest } from "./closest.ts";
import { type ColumnMapping, mappableColumns, type TableMapping } from "./mapping.ts";
import { type RawTable, rawColumn } from "./raw-table.ts";
import { typed } from "./typed-sql.ts";

/** What a staged column is made of: its text as it came, its value, and which rule a text without a value breaks. */
export interface StagedColumn {
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

/** Creates `incoming.rows_{table}` (typed rows, broken ones too; `incoming.{table}` is the view over them and the plain files), `incoming.files` and `incoming.problems`. */
export async function createIncoming(engine: SqlEngine, tables: readonly StagedTable[]): Promise<void> {
  const statements = [
    "create schema if not exists incoming",
    "create or replace table incoming.files (file_id integer, source varchar, table_name varchar, path varchar, extraction_on date)",
    "create or replace table incoming.severities (file_id integer, rule varchar, severity varchar)",
    `create or replace table incoming.problems (table_name varchar, file_id integer, source_row bigint, field varchar,
      value varchar, rule varchar, severity varchar, detail varchar)`,
    ...tables.map((name) => {
      const columns = Object.entries(mappableColumns(name)).map(([column, type]) => `${column} ${type}`);
      return `create or replace table incoming.rows_${name} (file_id integer, source_row bigint, ${columns.join(", ")})`;
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
    text: `insert into incoming.rows_${mapping.table} (file_id, source_row, ${names})
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

/** SQL of each staged column of a table over a raw table. */
export function stagedColumns(
  mapping: TableMapping,
  register: string | undefined,
  raw: Pick<RawTable, "headers" | "typed">,
): readonly StagedColumn[] {
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

/** SQL of the text of a mapped column, null where the cell is empty or holds one of the mapping's `nulls`. */
export function textOf(given: ColumnMapping, mapping: TableMapping, raw: Pick<RawTable, "headers">): string {
  if (typeof given !== "string" && "constant" in given) return quoteText(given.constant);
  const header = headerOf(given);
  const cell = `nullif(trim(${rawColumn(raw.headers.indexOf(header))}), '')`;
  return mapping.nulls.reduce((sql, token) => `nullif(${sql}, ${quoteText(token)})`, cell);
}

export const headerOf = (given: Exclude<ColumnMapping, { constant: string }>): string =>
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
