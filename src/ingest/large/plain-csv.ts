import { join } from "node:path";
import { quoteText, SqlError } from "../../engine/engine.ts";
import { parseCsv } from "../delimited/csv-parse.ts";
import { type Header, isOneTable, readHeader, recognisedAs, unreadableOf } from "../delimited/read-csv.ts";
import { decideEncoding } from "../files/encoding.ts";
import type { ReadRequest } from "../files/formats.ts";
import {
  canonicalWriter,
  loadCanonical,
  type RawTable,
  rawColumn,
  rawRows,
  type Unreadable,
} from "../files/raw-table.ts";
import { wantedLines } from "../files/wanted-lines.ts";
import { dayIn, strptimePattern } from "../mapping/date-format.ts";
import { isComputed, isDirect, mappableColumns, type TableMapping } from "../mapping/mapping.ts";
import { plainNumber } from "../mapping/number-signs.ts";
import { checkHeaders, headerOf, mappedHeaders, type StagedColumn, stagedColumns } from "../rules/incoming.ts";
import { enumerated, typed } from "../rules/typed-sql.ts";
import {
  dropOdd,
  PLAIN_FROM,
  type PlainColumn,
  type PlainFile,
  plainRows,
  storedRows,
  valueName,
} from "./plain-file.ts";

/** More doubtful lines than this are no exception: the general way takes the whole file. */
const MOST_DOUBTFUL = 2000;

/**
 * Reads and types a large file in one pass, if it is plain: UTF-8, one line a row, no quotes. A line that breaks a type,
 * or whose numbers aren't written as ours, is doubtful and read again by the general way, so that both give the same.
 * Null when the file isn't plain.
 */
export async function readPlainCsv(
  request: ReadRequest,
  fileId: number,
  source: string,
  register: string | undefined,
  from = PLAIN_FROM.csv,
): Promise<PlainFile | null> {
  const { scan, mapping, engine, sqlName } = request;
  const { encoding, problem } = decideEncoding(scan, mapping.csv.encoding);
  if (scan.bytes < from || problem !== undefined || encoding !== "utf-8") return null;
  if (Object.values(mapping.columns).some(isComputed) || mapping.rows === "distinct") return null;
  if (mapping.csv.decimal === "auto" || mapping.csv.thousands !== undefined) return null;
  if (scan.hasQuote || scan.hasNul || scan.hasLoneReturn || scan.hasInfinity) return null;
  const header = await readHeader(request, encoding);
  if (header.line !== 1 || header.syntax.delimiter.length > 1 || !(await isOneTable(request, header))) return null;
  checkHeaders(source, request.path, mapping, {
    sqlName,
    headers: header.names,
    unreadable: [],
    typed: false,
    recognised: {},
  });
  const dates = directDates(mapping, header);
  if (dates === null) return null;
  const columns = stagedColumns(mapping, register, { headers: header.names, typed: false }).map((column) =>
    plainColumn(column, mapping, header, dates),
  );
  if (!(await load(request, header, dates, columns, fileId))) return null;
  const rejected = await engine.rows({
    name: sqlName,
    text: `select distinct line from plain_rejects_${fileId} order by line limit ${MOST_DOUBTFUL + 1}`,
  });
  const skipped = rejected.map(({ line }) => Number(line));
  const rows = await rawRows(engine, sqlName);
  if (skipped.length > MOST_DOUBTFUL || rows + skipped.length + 1 !== scan.lines) return null;
  const line = lineOf(skipped);
  const odd = (
    await engine.rows({
      name: sqlName,
      text: `select ${line} as line from ${sqlName} where odd order by line limit ${MOST_DOUBTFUL + 1}`,
    })
  ).map((row) => Number(row.line));
  if (odd.length > MOST_DOUBTFUL) return null;
  if (odd.length > 0) await dropOdd(request);
  return {
    ...plainRows(fileId, sqlName, line, columns),
    rows: rows - odd.length,
    doubtful: await readAgain(request, header, new Set([...skipped, ...odd])),
  };
}

interface DirectDates {
  readonly columns: ReadonlyMap<string, string>;
  readonly format: string;
}

/** Staged date columns that the engine may parse while it reads: all of one format, each from a column of its own. Null: several formats. */
function directDates(mapping: TableMapping, header: Header): DirectDates | null {
  const types = mappableColumns(mapping.table);
  const formats = new Set<string>();
  const columns = new Map<string, string>();
  for (const [field, given] of Object.entries(mapping.columns)) {
    if (types[field] !== "DATE" || !isDirect(given)) continue;
    const format = typeof given === "string" ? mapping.dates : (given.dates ?? mapping.dates);
    if (typeof format !== "string" || format === "auto") return null;
    const name = typeof given === "string" ? given : given.column;
    if (mappedHeaders(mapping).filter((mapped) => mapped === name).length > 1) return null;
    formats.add(format);
    columns.set(field, rawColumn(header.names.indexOf(name)));
  }
  const [format = ISO, ...others] = formats;
  return others.length > 0 || !/[-/.]/.test(format) ? null : { columns, format };
}

/** As the general way's columns, but over cells as they stand: blanks around them, and numbers written otherwise than ours, are odd. */
function plainColumn(column: StagedColumn, mapping: TableMapping, header: Header, dates: DirectDates): PlainColumn {
  const { name, type, required } = column;
  const given = mapping.columns[name];
  if (given === undefined || !isDirect(given)) return { name, value: column.value, isConstant: true };
  const raw = rawColumn(header.names.indexOf(headerOf(given)));
  const value = valueName(name);
  const missing = required ? `${raw} is null or ` : "";
  const unread = `(${missing}${raw} is not null and ${value} is null)`;
  if (dates.columns.has(name)) return { name, value: dayOf(raw, dates.format), odd: oddDay(raw, value, required) };
  if (type === "INTEGER")
    return {
      name,
      value: `try_cast(${raw} as integer)`,
      odd: `(${missing}${raw} is not null and coalesce(cast(${value} as varchar) <> ${raw}, true))`,
    };
  const code = enumerated(name, raw, given);
  if (code !== undefined) return { name, value: code, isCode: true, odd: unread };
  const text = typed(name, type, raw, given, mapping, false).value;
  if (text !== raw) return { name, value: type === "DOUBLE" ? shortNumber(raw, mapping, text) : text, odd: unread };
  return { name, value: raw, odd: `(${missing}${raw} is not null and (prefix(${raw}, ' ') or suffix(${raw}, ' ')))` };
}

/** Fractions of a job have a figure or three, whose shape is told in half the time of a regular expression; it is asked of others only. */
function shortNumber(raw: string, { csv }: TableMapping, others: string): string {
  const decimal = csv.decimal === "," ? "," : ".";
  const shapes = ["[0-9]", `[0-9]${decimal}[0-9]`, `[0-9]${decimal}[0-9][0-9]`].map(
    (shape) => `${raw} glob '${shape}'`,
  );
  return `case when ${shapes.join(" or ")} then cast(${plainNumber(raw, { decimal })} as double) else ${others} end`;
}

/** The format in which the engine writes days too. */
const ISO = "YYYY-MM-DD";

/** In the engine's own format it is quickest to take a text for the day that is written so again, and to ask the format of others only. */
const dayOf = (raw: string, format: string): string =>
  format === ISO
    ? `case when cast(try_cast(${raw} as date) as varchar) = ${raw} then try_cast(${raw} as date) else ${dayIn(format, raw)} end`
    : raw;

const oddDay = (raw: string, value: string, required: boolean): string =>
  `coalesce(${value} < date '1900-01-02' or ${value} > date '2199-12-31', ${required ? "true" : `${raw} is not null`})`;

async function load(
  request: ReadRequest,
  header: Header,
  dates: DirectDates,
  columns: readonly PlainColumn[],
  fileId: number,
): Promise<boolean> {
  const asDates = new Set(dates.format === ISO ? [] : dates.columns.values());
  const types = header.names.map((_, i) => `'${rawColumn(i)}': '${asDates.has(rawColumn(i)) ? "DATE" : "VARCHAR"}'`);
  const nulls = ["", ...request.mapping.nulls].map(quoteText).join(", ");
  const file = `read_csv(${quoteText(request.absolute)}, columns = {${types.join(", ")}}, auto_detect = false, header = true,
    delim = ${quoteText(header.syntax.delimiter)}, quote = '', escape = '', nullstr = [${nulls}],
    dateformat = ${quoteText(strptimePattern(dates.format))}, strict_mode = true, store_rejects = true,
    rejects_table = 'plain_rejects_${fileId}', rejects_scan = 'plain_scans_${fileId}', rejects_limit = 0)`;
  try {
    await request.engine.execute({
      name: request.sqlName,
      text: `create or replace table ${request.sqlName} as ${storedRows(columns, file)}`,
    });
    return true;
  } catch (error) {
    if (error instanceof SqlError) return false;
    throw error;
  }
}

/** SQL of a row's line: rows follow each other, but for the skipped lines (found by halving). */
function lineOf(skipped: readonly number[]): string {
  const shift = (from: number, to: number): string => {
    if (from === to) return String(from);
    const middle = Math.floor((from + to) / 2);
    const threshold = (skipped[middle] ?? 0) - 2 - middle;
    return `case when rowid < ${threshold} then ${shift(from, middle)} else ${shift(middle + 1, to)} end`;
  };
  return `rowid + 2 + ${shift(0, skipped.length)}`;
}

async function readAgain(request: ReadRequest, header: Header, lines: ReadonlySet<number>): Promise<RawTable> {
  const sqlName = `${request.sqlName}_doubtful`;
  const path = join(request.temporaryFolder, `${sqlName.replaceAll(".", "_")}.csv`);
  const writer = canonicalWriter(path);
  const unreadable: Unreadable[] = [];
  const width = header.names.length;
  if (lines.size > 0)
    for await (const { line, text } of wantedLines(request.absolute, request.scan, lines)) {
      const [record] = parseCsv(text, { ...header.syntax, quote: "" }, width);
      if (record === undefined) continue;
      const problem = unreadableOf({ ...record, line }, width, header.syntax);
      if (problem !== undefined) unreadable.push(problem);
      else if (record.cells.some((cell) => cell !== "")) writer.row(line, record.cells.slice(0, width));
    }
  writer.close();
  await loadCanonical(request.engine, sqlName, path, width);
  return {
    sqlName,
    headers: header.names,
    unreadable,
    typed: false,
    recognised: recognisedAs(request, "utf-8", header),
  };
}
