import { isUtf8 } from "node:buffer";
import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { closest } from "../closest.ts";
import { quoteIdentifier, quoteText, type SqlEngine, SqlError } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import { type CsvHeader, headerCells, headerWith } from "./csv-header.ts";

/** Which columns of a flat file (one row a person) play which part, by the file's own names. */
export interface FlatColumns {
  readonly treated: string;
  readonly outcome: string;
  readonly id?: string;
  /** In the order in which the engine knows them: the first is c1. */
  readonly covariates: readonly string[];
}

/** A column's type as a file can state it; dates and others count as text. */
export type StoredType = "number" | "boolean" | "text";

/** A file that the engine can read: its columns, and how to select from it. */
export interface FlatTable {
  readonly path: string;
  /** As written in the file; what the engine calls each, at the same position. */
  readonly names: readonly string[];
  readonly engineNames: readonly string[];
  /** What the file itself says of each column's type; a CSV says nothing. */
  readonly types: readonly StoredType[];
  /** The engine's types of the covariates as `flat.persons` has them. */
  readonly sqlTypes: readonly string[];
  /** `read_csv(...)` or `read_parquet(...)` with every option settled. */
  readonly scan: string;
  /** Number, as a sheet counts rows, of the row of the first person. */
  readonly firstRow: number;
  /** Whether reading it again is cheap. */
  readonly rereadable: boolean;
  readonly warnings: readonly string[];
}

/**
 * Looks at a CSV or Parquet file without reading it through: separator, header, columns.
 * Every column of a CSV stays text here; numbers are read later, where a value that isn't one can be named.
 * @param wanted columns that the header must name to be taken for one at first sight
 * @throws UserError when there is no such file, or it cannot be read as a table in UTF-8
 */
export async function openTable(engine: SqlEngine, path: string, wanted: readonly string[]): Promise<FlatTable> {
  if (!existsSync(path)) throw new UserError(`${path}: no such file`);
  if (!statSync(path).isFile()) throw new UserError(`${path} is not a file`);
  const head = firstBytes(path);
  if (head.length === 0) throw new UserError(`${path} is empty`);
  if (isParquet(head)) return parquetTable(engine, path);
  if (head.subarray(0, 2).toString("latin1") === "PK")
    throw new UserError(`${path} is a workbook or a zip; save its sheet as CSV (UTF-8), or as Parquet`);
  if (head.includes(0)) throw new UserError(notUtf8(path));
  if (!isUtf8(head.subarray(0, head.indexOf(10) + 1))) throw new UserError(notUtf8(path, 1));
  return csvTable(engine, path, head.toString("utf8"), wanted);
}

/**
 * Makes `flat.persons` with the fixed columns arm, outcome, treated_text, outcome_text, id, c1 ... cK.
 * @param kind a view reads the file once, for one aggregate; a table keeps the rows and their numbers (rowid)
 * @throws UserError when the file breaks off or a line doesn't fit the header
 */
export async function namePersons(
  engine: SqlEngine,
  table: FlatTable,
  columns: FlatColumns,
  kind: "view" | "table",
): Promise<void> {
  const at = (name: string): StoredColumn => {
    const i = table.names.indexOf(name);
    const whole = WHOLE.test(table.sqlTypes[i] ?? "");
    return { sql: quoteIdentifier(table.engineNames[i] ?? name), type: table.types[i] ?? "text", whole };
  };
  const listed = [
    `${armOf(at(columns.treated))} as arm`,
    `${outcomeOf(at(columns.outcome))} as outcome`,
    `${textOf(at(columns.treated))} as treated_text`,
    `${textOf(at(columns.outcome))} as outcome_text`,
    `${columns.id === undefined ? "cast('' as varchar)" : textOf(at(columns.id))} as id`,
    ...columns.covariates.map((name, i) => `${covariateOf(at(name))} as c${i + 1}`),
  ];
  const select = `select ${listed.join(",\n  ")}\nfrom ${table.scan}`;
  await engine.execute({ name: "flat", text: "create schema if not exists flat" });
  for (const old of ["view", "table"] as const) if (old !== kind) await dropAny(engine, old);
  await reading(table.path, () =>
    engine.execute({ name: "flat.persons", text: `create or replace ${kind} flat.persons as ${select}` }),
  );
}

/**
 * Checks the columns asked for against the file's header.
 * @throws UserError naming every column that isn't there (with near names), is there twice, or plays two parts
 */
export function checkColumns(table: FlatTable, columns: FlatColumns): void {
  const wanted = [columns.treated, columns.outcome, ...(columns.id === undefined ? [] : [columns.id])];
  const problems = [...new Set([...wanted, ...columns.covariates])].flatMap((name) => {
    const times = table.names.filter((known) => known === name).length;
    if (times === 1) return [];
    if (times > 1) return [`${table.path}: the column \`${name}\` is there ${times} times; rename all but one`];
    return [`${table.path} has no column \`${name}\`; ${closest(name, table.names)}`];
  });
  if (columns.treated === columns.outcome)
    problems.push(`\`${columns.treated}\` cannot be both the treated column and the outcome`);
  for (const name of columns.covariates.filter((covariate) => covariate === columns.treated))
    problems.push(`\`${name}\` says who was treated, so it cannot be matched on or balanced`);
  for (const name of columns.covariates.filter((covariate) => covariate === columns.outcome))
    problems.push(`\`${name}\` is the outcome, so it cannot be matched on or balanced`);
  if (problems.length > 0) throw new UserError([...new Set(problems)]);
}

/** Runs a statement that reads the file; what the file itself causes becomes the user's error. */
export async function reading<T>(path: string, statement: () => Promise<T>): Promise<T> {
  try {
    return await statement();
  } catch (error) {
    const problem = error instanceof SqlError ? (strayProblem(path) ?? problemOf(path, error.message)) : undefined;
    if (problem === undefined) throw error;
    throw new UserError(problem, { cause: error });
  }
}

function problemOf(path: string, message: string): string | undefined {
  const line = /CSV Error on Line: (\d+)/.exec(message)?.[1];
  if (/not utf-?8|invalid unicode|unicode error|invalid utf/i.test(message)) return notUtf8(path, line);
  const count = /Expected Number of Columns: (\d+) Found: (\d+)/.exec(message);
  if (line && count) return `${path} line ${line} has ${count[2]} values, but the header has ${count[1]} columns`;
  if (line) return `${path} line ${line} does not fit the rest of the file (an open quote, or a value too many)`;
  if (/sniffing|CSV|Parquet|magic bytes/i.test(message))
    return `${path} cannot be read as a table: ${(message.split("\n")[0] ?? "").replace(/^[^:]*: /, "")}`;
  return undefined;
}

const isParquet = (head: Buffer): boolean => head.subarray(0, 4).toString("latin1") === "PAR1";

const notUtf8 = (path: string, line?: number | string): string =>
  `${path}${line === undefined ? "" : ` line ${line}`} is not text in UTF-8; save it as CSV (UTF-8), or as Parquet`;

/** What is to be said of a CSV with a line in another encoding: where the engine stops at it, it may not say why. */
function strayProblem(path: string): string | undefined {
  const line = isParquet(firstBytes(path)) ? undefined : lineNotUtf8(path);
  return line === undefined ? undefined : notUtf8(path, line);
}

/** The first line (from 1) that isn't UTF-8. */
function lineNotUtf8(path: string): number | undefined {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(1 << 20);
    let [line, rest] = [1, Buffer.alloc(0)];
    for (let size = readSync(file, buffer); size > 0; size = readSync(file, buffer)) {
      const text = Buffer.concat([rest, buffer.subarray(0, size)]);
      let from = 0;
      for (let to = text.indexOf(10); to >= 0; to = text.indexOf(10, from)) {
        if (!isUtf8(text.subarray(from, to))) return line;
        [line, from] = [line + 1, to + 1];
      }
      rest = text.subarray(from);
    }
    return isUtf8(rest) ? undefined : line;
  } finally {
    closeSync(file);
  }
}

async function dropAny(engine: SqlEngine, kind: "view" | "table"): Promise<void> {
  const found = await engine.rows({
    name: "flat.persons",
    text: "select table_type as type from information_schema.tables where table_schema = 'flat' and table_name = 'persons'",
  });
  const isView = found[0]?.type === "VIEW";
  if (found.length > 0 && isView === (kind === "view"))
    await engine.execute({ name: "flat.persons", text: `drop ${kind} flat.persons` });
}

/** Types of whole numbers that a double holds exactly. */
const WHOLE = /^U?(TINYINT|SMALLINT|INTEGER)$/;

interface StoredColumn {
  readonly sql: string;
  readonly type: StoredType;
  /** Stored as whole numbers: they need no check and no other type. */
  readonly whole: boolean;
}

const textOf = ({ sql }: StoredColumn): string => `cast(${sql} as varchar)`;

const YES = "('true', 'yes', 'oui', 'ja')";
const NO = "('false', 'no', 'non', 'nee')";

/** 1, true and yes are the treated arm, 0, false and no the other; anything else is null, and named as a problem later. */
function armOf(column: StoredColumn): string {
  const { sql, type } = column;
  if (type === "boolean") return `cast(${sql} as integer)`;
  if (type === "number") return `cast(case when ${sql} = 1 then 1 when ${sql} = 0 then 0 end as integer)`;
  const text = textOf(column);
  return `cast(case when lower(${text}) in ${YES} or try_cast(${text} as double) = 1 then 1
    when lower(${text}) in ${NO} or try_cast(${text} as double) = 0 then 0 end as integer)`;
}

/** Outcomes beyond this have sums that no longer hold every digit: they are refused. */
export const LARGEST_OUTCOME = 1e15;

/** A number that can be summed; 1 for true and yes, 0 for false and no; else null. */
function outcomeOf(column: StoredColumn): string {
  const { sql, type, whole } = column;
  if (whole) return sql;
  if (type === "boolean") return `cast(cast(${sql} as integer) as double)`;
  const summable = (number: string): string => `abs(${number}) <= ${LARGEST_OUTCOME}`;
  if (type === "number") return `case when ${summable(`cast(${sql} as double)`)} then cast(${sql} as double) end`;
  const text = textOf(column);
  const number = `try_cast(${text} as double)`;
  return `case when ${summable(number)} then ${number}
    when lower(${text}) in ${YES} then 1.0::double when lower(${text}) in ${NO} then 0.0::double end`;
}

/** Stored numbers as they are, anything else as text: a plain column, so that the engine can look at its dictionary. */
const covariateOf = (column: StoredColumn): string => (column.type === "number" ? column.sql : textOf(column));

async function parquetTable(engine: SqlEngine, path: string): Promise<FlatTable> {
  const scan = `read_parquet(${fileText(path)})`;
  const columns = await reading(path, () => engine.describe({ name: path, text: `select * from ${scan}` }));
  const names = columns.map((column) => column.name);
  const types = columns.map((column) => storedType(column.type));
  const sqlTypes = columns.map((column, i) => (types[i] === "number" ? column.type : "VARCHAR"));
  return { path, names, engineNames: names, types, sqlTypes, scan, firstRow: 1, rereadable: true, warnings: [] };
}

function storedType(sqlType: string): StoredType {
  if (sqlType === "BOOLEAN") return "boolean";
  return /^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL)/.test(sqlType) ? "number" : "text";
}

async function csvTable(engine: SqlEngine, path: string, head: string, wanted: readonly string[]): Promise<FlatTable> {
  const header = headerWith(head, wanted) ?? (await sniffedHeader(engine, path, head));
  const engineNames = header.names.map((_, i) => `column_${i}`);
  const declared = engineNames.map((name) => `${quoteText(name)}: 'VARCHAR'`).join(", ");
  const types = engineNames.map((): StoredType => "text");
  const sqlTypes = engineNames.map(() => "VARCHAR");
  const quote = quoteText(header.quote);
  const scan = `read_csv(${fileText(path)}, auto_detect = false, header = true, skip = ${header.skipped},
    delim = ${quoteText(header.separator)}, quote = ${quote}, escape = ${quote}, columns = {${declared}},
    nullstr = ['', 'NA'], allow_quoted_nulls = false)`;
  const above = header.skipped === 1 ? "first line is" : `first ${header.skipped} lines are`;
  const warnings = header.skipped === 0 ? [] : [`${path}: the ${above} no part of the table and left out`];
  const firstRow = header.skipped + 2;
  return { path, names: header.names, engineNames, types, sqlTypes, scan, firstRow, rereadable: false, warnings };
}

/** The engine's guess, for files that open with something else than their header. */
async function sniffedHeader(engine: SqlEngine, path: string, head: string): Promise<CsvHeader> {
  const [found] = await reading(path, () =>
    engine.rows({
      name: path,
      text: `select Delimiter as separator, Quote as quote, SkipRows as skipped
        from sniff_csv(${fileText(path)}, all_varchar = true)`,
    }),
  );
  const separator = String(found?.separator ?? ",");
  const quote = found?.quote === "'" ? "'" : '"';
  const skipped = Number(found?.skipped ?? 0);
  return { separator, quote, skipped, names: headerCells(head, separator, quote, skipped) };
}

/** The engine takes *, ? and [ in a path for a pattern of many files; this is one file. */
const fileText = (path: string): string => quoteText(path.replace(/[*?[]/g, "[$&]"));

function firstBytes(path: string): Buffer {
  const file = openSync(path, "r");
  try {
    const buffer = Buffer.alloc(65536);
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, 0));
  } finally {
    closeSync(file);
  }
}
