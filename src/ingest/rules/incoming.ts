import { STAGED_REQUIRED, type StagedTable } from "../../catalogue/staging.ts";
import { closest } from "../../closest.ts";
import { quoteText, type SqlEngine } from "../../engine/engine.ts";
import { UserError } from "../../user-error.ts";
import { type RawTable, rawColumn } from "../files/raw-table.ts";
import { computedFrom, computedText } from "../mapping/computed.ts";
import {
  type ColumnMapping,
  type DirectColumn,
  isComputed,
  isDirect,
  mappableColumns,
  type SettledMapping,
  type TableMapping,
} from "../mapping/mapping.ts";
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
  /** Of a computed column: SQL of the cells it is made of. */
  readonly cells?: readonly string[];
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
  mapping: SettledMapping,
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
  const found = columns.flatMap((column) => cellProblems(fileId, mapping, column, raw));
  // one statement: of a small file each costs more than what it finds
  if (found.length > 0)
    await engine.execute({
      name: `incoming.problems of ${mapping.table}`,
      text: `insert into incoming.problems ${found.join("\nunion all\n")}`,
    });
  const rows = [
    ...raw.unreadable.map((problem) => ({ ...problem, severity: "reject" })),
    ...(raw.repaired ?? []).map((problem) => ({ ...problem, severity: "warn" })),
  ];
  for (const problem of rows)
    await engine.execute(
      {
        name: "incoming.problems",
        text: `insert into incoming.problems values (${quoteText(mapping.table)}, ${fileId}, $row, '', $value, $rule, $severity, $detail)`,
      },
      problem,
    );
}

/** SELECTs of a column's cells that have no value of its type, in the order in which they are noted. */
function cellProblems(fileId: number, mapping: TableMapping, column: StagedColumn, raw: RawTable): readonly string[] {
  const { cells, text, value, rule, detail } = column;
  const shown = cells === undefined ? text : `concat_ws(' | ', ${cells.join(", ")})`;
  const select = (broken: string, expected: string, condition: string): string =>
    `select ${quoteText(mapping.table)}, ${fileId}, source_row, ${quoteText(column.name)}, ${shown},
        ${quoteText(broken)}, 'reject', ${quoteText(expected)} from ${raw.sqlName} where ${condition}`;
  const complete = cells === undefined ? "false" : cells.map((cell) => `${cell} is not null`).join(" and ") || "false";
  return [
    ...(value === text ? [] : [select(rule, detail, `${text} is not null and ${value} is null`)]),
    ...(cells === undefined
      ? []
      : [select("not_computed", functionOf(mapping, column.name), `${text} is null and ${complete}`)]),
    ...(column.required ? [select("missing", "", `${text} is null and ${value} is null and not (${complete})`)] : []),
  ];
}

/** SQL of each staged column of a table over a raw table. */
export function stagedColumns(
  mapping: SettledMapping,
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
      ...(given !== undefined && isComputed(given)
        ? { cells: computedFrom(given).map((header) => cellText(header, mapping, raw)) }
        : {}),
      ...typed(name, type, text, given, mapping, raw.typed),
    };
  });
}

/** SQL of the text of a mapped column, null where the cell is empty or holds one of the mapping's `nulls`. */
export function textOf(given: ColumnMapping, mapping: TableMapping, raw: Pick<RawTable, "headers">): string {
  if (isDirect(given)) return cellText(headerOf(given), mapping, raw);
  return isComputed(given)
    ? computedText(given, (header) => cellText(header, mapping, raw))
    : quoteText(given.constant);
}

function cellText(header: string, mapping: TableMapping, raw: Pick<RawTable, "headers">): string {
  const cell = `nullif(trim(${rawColumn(raw.headers.indexOf(header))}), '')`;
  return mapping.nulls.reduce((sql, token) => `nullif(${sql}, ${quoteText(token)})`, cell);
}

/** The sender's header of a column that is read as it stands. */
export const headerOf = (given: DirectColumn): string => (typeof given === "string" ? given : given.column);

/** The headers that a staged column reads: none of a constant, several of a computed one. */
const headersOf = (given: ColumnMapping): readonly string[] =>
  isDirect(given) ? [headerOf(given)] : isComputed(given) ? computedFrom(given) : [];

/** The headers that a mapping asks a file for. */
export const mappedHeaders = (mapping: TableMapping): readonly string[] =>
  Object.values(mapping.columns).flatMap(headersOf);

/** The sender's own name of a staged column, or the staged one where nothing is mapped to it. */
export function sendersName(mapping: TableMapping, field: string): string {
  const given = mapping.columns[field];
  return (given === undefined ? "" : headersOf(given).join(" + ")) || field;
}

const functionOf = (mapping: TableMapping, field: string): string => {
  const given = mapping.columns[field];
  return given !== undefined && isComputed(given) ? `${field} = ${given.compute}` : field;
};

/** @throws UserError when the file lacks a mapped column or has one of them twice; all of them at once */
export function checkHeaders(source: string, path: string, mapping: TableMapping, raw: RawTable): void {
  const mapped = Object.entries(mapping.columns).flatMap(([field, given]) =>
    headersOf(given).map((header) => ({ field, header })),
  );
  const problems = mapped.flatMap(({ field, header }) => {
    const times = raw.headers.filter((name) => name === header).length;
    if (times === 1) return [];
    const what = `which ${source}.yaml maps to ${mapping.table}.${field}`;
    return times === 0
      ? [`${path} has no column '${header}', ${what}; ${closest(header, raw.headers)}`]
      : [`${path} has ${times} columns '${header}', ${what}; rename all but one`];
  });
  const { format, sheet, headerRow } = raw.recognised;
  if (format === "xlsx" && problems.length === mapped.length && mapped.length > 1)
    throw new UserError(
      `${path}, sheet '${sheet}', row ${headerRow} holds none of the column names that ${source}.yaml maps; set xlsx.headerRow to the row that does, or xlsx.sheet; the row holds ${raw.headers.join(", ").slice(0, 200)}`,
    );
  if (problems.length > 0) throw new UserError(problems);
}
