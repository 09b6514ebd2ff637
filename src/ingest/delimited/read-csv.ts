import { open } from "node:fs/promises";
import { join } from "node:path";
import { quoteText, SqlError } from "../../engine/engine.ts";
import { UserError } from "../../user-error.ts";
import { definedOnly } from "../defined-only.ts";
import { decideEncoding, decodedText, type Encoding, UNDECODED } from "../files/encoding.ts";
import type { ReadRequest } from "../files/formats.ts";
import {
  canonicalWriter,
  loadCanonical,
  type RawTable,
  type Repaired,
  rawColumn,
  rawRows,
  type Unreadable,
} from "../files/raw-table.ts";
import { mappedHeaders } from "../rules/incoming.ts";
import { type CsvRecord, type CsvSyntax, csvParser, isHarmless, parseCsv } from "./csv-parse.ts";
import { maySwallowRows, swallowsRows } from "./csv-repair.ts";
import { detectSyntax } from "./dialect.ts";
import { isRuleLine } from "./header-evidence.ts";
import { namesOf, PREAMBLE, refuseOtherDelimiter } from "./header-names.ts";
import { SAMPLE, sampleOf } from "./read-delimited.ts";
import { footerOf, isNote, tableTail } from "./table-tail.ts";

const QUOTED_BY_ENGINE = 1 << 25;
/** Bytes at the end of a file that are looked through for notes. */
const END = 1 << 14;

/**
 * A CSV file as a raw table. Plain files (UTF-8, one line a row) are read by the engine; whatever it can't vouch for is
 * cut by our own parser, which gives every row its exact line and keeps each row it can't cut as unreadable.
 */
export async function readCsv(request: ReadRequest): Promise<RawTable> {
  const { encoding, problem } = decideEncoding(request.scan, request.mapping.csv.encoding);
  if (problem !== undefined) throw new UserError(`${request.path} ${problem}`);
  const header = await readHeader(request, encoding);
  const plain = await readByEngine(request, encoding, header);
  return plain ?? readByParser(request, encoding, header);
}

/**
 * Where a file's names stand: lines are physical ones, counted from 1; a header may take several, and its names are
 * joined.
 */
export interface Header {
  readonly syntax: CsvSyntax;
  /** Line behind which the table's rows begin: its last row's, or that of a line drawn below it; 0 without a header. */
  readonly line: number;
  /** Line of its last row. */
  readonly namesLine: number;
  readonly names: readonly string[];
}

/** The header is the first line that has every mapped name, else the first line that isn't blank (whose problems are then told). */
export async function readHeader(request: ReadRequest, encoding: Encoding): Promise<Header> {
  const { csv } = request.mapping;
  const sample = await sampleText(request, encoding);
  const given = definedOnly({ delimiter: csv.delimiter, quote: csv.quote, escape: csv.escape });
  const { syntax, rival } = detectSyntax(linesBehind(sample, csv.skip ?? 0), given, request.scan.bytes > SAMPLE);
  const records = parseCsv(sample, syntax).filter(
    ({ cells, line }) => line > (csv.skip ?? 0) && cells.some((cell) => cell.trim() !== ""),
  );
  const wanted = mappedHeaders(request.mapping);
  const heads = records.slice(0, PREAMBLE).map((_, i) => ({ at: i, names: namesOf(records, i, csv.headerRows) }));
  const told =
    csv.headerRow === undefined
      ? csv.skip === undefined && csv.headerRows > 0
        ? undefined
        : heads[0]
      : heads.find(({ at }) => (records[at]?.line ?? 0) >= (csv.headerRow ?? 1));
  const named = heads.find(({ names }) => wanted.every((name) => names.includes(name)));
  if (named === undefined && csv.delimiter !== undefined) refuseOtherDelimiter(request.path, sample, syntax, wanted);
  const header = told ?? named ?? heads.find(({ at }) => !/^sep=/.test(records[at]?.cells[0] ?? ""));
  if (header === undefined) throw new UserError(`${request.path} is empty: it has no header line; export it again`);
  if (rival !== undefined && named === undefined)
    throw new UserError(
      `${request.path}: its separator and quotes can't be told for certain; set csv.delimiter and csv.quote in its mapping`,
    );
  const { names } = header;
  const skip = csv.skip ?? 0;
  if (csv.headerRows === 0) return { syntax, line: skip, namesLine: skip, names };
  const [last, below] = records.slice(header.at + csv.headerRows - 1);
  const namesLine = last?.line ?? 0;
  return { syntax, line: below !== undefined && isRuleLine(below) ? below.line : namesLine, namesLine, names };
}

/** A text without its first lines. */
function linesBehind(text: string, skip: number): string {
  let rest = text;
  for (let i = 0; i < skip; i++) rest = rest.replace(/^[^\r\n]*(\r\n|\n|\r)/, "");
  return rest;
}

async function sampleText(request: ReadRequest, encoding: Encoding): Promise<string> {
  let sample = "";
  for await (const text of decodedText(request.absolute, encoding)) {
    sample += text;
    if (sample.length >= SAMPLE) break;
  }
  return sampleOf(sample);
}

async function* recordsOf(request: ReadRequest, encoding: Encoding, syntax: CsvSyntax): AsyncGenerator<CsvRecord> {
  let records: CsvRecord[] = [];
  const parser = csvParser(syntax, (record) => records.push(record));
  for await (const text of decodedText(request.absolute, encoding)) {
    if (encoding === "windows-1252" && text.includes(UNDECODED))
      throw new UserError(
        `${request.path} is neither UTF-8 nor windows-1252; say in the mapping's \`encoding\` what it is`,
      );
    parser.write(text);
    yield* records;
    records = [];
  }
  parser.end();
  yield* records;
}

/** Null when the engine can't vouch for one line a row. */
async function readByEngine(request: ReadRequest, encoding: Encoding, header: Header): Promise<RawTable | null> {
  const { scan, engine, sqlName } = request;
  if (!(await isOneTable(request, header))) return null;
  if (
    encoding !== "utf-8" ||
    scan.hasNul ||
    scan.hasLoneReturn ||
    header.line !== 1 ||
    header.syntax.delimiter.length > 1
  )
    return null;
  if (scan.hasQuote && (scan.bytes < QUOTED_BY_ENGINE || header.syntax.quote !== '"' || header.syntax.escape !== '"'))
    return null;
  const columns = header.names.map((_, i) => `'${rawColumn(i)}': 'VARCHAR'`).join(", ");
  const quote = scan.hasQuote ? `'"'` : "''";
  try {
    await engine.execute({
      name: sqlName,
      text: `create or replace table ${sqlName} as select * from read_csv(${quoteText(request.absolute)}, columns = {${columns}},
        auto_detect = false, header = true, delim = ${quoteText(header.syntax.delimiter)}, quote = ${quote}, escape = ${quote}, nullstr = '', strict_mode = true)`,
    });
  } catch (error) {
    if (error instanceof SqlError) return null;
    throw error;
  }
  if ((await rawRows(engine, sqlName)) + 1 !== scan.lines) return null;
  await engine.execute({
    name: sqlName,
    text: `create or replace table ${sqlName} as select rowid + 2 as source_row, * from ${sqlName}`,
  });
  await engine.execute({
    name: sqlName,
    text: `delete from ${sqlName} where ${header.names.map((_, i) => `${rawColumn(i)} is null`).join(" and ")}`,
  });
  return rawTable(request, encoding, header, []);
}

/** Whether every line below the header may be a row: nothing was told of the rows, and no notes stand at the end. */
export async function isOneTable(
  { mapping, absolute, scan }: ReadRequest,
  { syntax, names }: Header,
): Promise<boolean> {
  const { headerRows, footer, ragged, skip } = mapping.csv;
  if (headerRows !== 1 || (footer ?? 0) > 0 || ragged !== "reject" || skip !== undefined) return false;
  const file = await open(absolute);
  try {
    const length = Math.min(scan.bytes, END);
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, scan.bytes - length);
    const lines = buffer
      .toString("latin1")
      .trimEnd()
      .split(/\r\n|\n|\r/);
    const blank = lines.findLastIndex((line, i) => i > 0 && line.trim() === "");
    return (
      blank < 0 || parseCsv(lines.slice(blank + 1).join("\n"), syntax).some(({ cells }) => !isNote(cells, names.length))
    );
  } finally {
    await file.close();
  }
}

async function readByParser(request: ReadRequest, encoding: Encoding, header: Header): Promise<RawTable> {
  const path = join(request.temporaryFolder, `${request.sqlName.replaceAll(".", "_")}.csv`);
  const writer = canonicalWriter(path);
  const { csv } = request.mapping;
  const unreadable: Unreadable[] = [];
  const repaired: Repaired[] = [];
  const width = header.names.length;
  const mayBeNote = ({ cells }: CsvRecord): boolean => cells.length !== width && isNote(cells, width);
  const tail = tableTail<CsvRecord>(csv.footer, mayBeNote, (record) => {
    const problem = unreadableOf(record, width, header.syntax);
    if (problem === undefined) {
      writer.row(record.line, record.cells.slice(0, width));
      if (maySwallowRows(record, width, header.syntax)) repaired.push(severalRows(record));
    } else if (csv.ragged === "pad" && problem.rule === "ragged" && record.cells.length < width) {
      writer.row(record.line, record.cells);
      repaired.push({ ...problem, rule: "padded" });
    } else unreadable.push(problem);
  });
  let apart = false;
  for await (const record of recordsOf(request, encoding, header.syntax)) {
    if (record.line <= header.line) continue;
    const isEmpty = record.cells.every((cell) => cell.trim() === "");
    if (!isEmpty) tail.row(record, apart);
    apart = isEmpty;
  }
  const footer = footerOf(tail.end().map(({ line }) => line));
  writer.close();
  await loadCanonical(request.engine, request.sqlName, path, width);
  const raw = rawTable(request, encoding, header, unreadable);
  return { ...raw, repaired, recognised: { ...raw.recognised, ...footer } };
}

/** Why a record can't be cut into the header's columns, undefined when it can. */
export function unreadableOf(record: CsvRecord, width: number, syntax: CsvSyntax): Unreadable | undefined {
  const value = record.cells.join(syntax.delimiter).slice(0, 200);
  const [fault] = record.faults.flatMap((kind) => (isHarmless(kind) ? [] : [kind]));
  if (fault !== undefined) return { row: record.line, rule: fault, value, detail: "" };
  if (swallowsRows(record, width, syntax)) return { row: record.line, rule: "unclosed_quote", value, detail: "" };
  const cells = record.cells.length;
  if (
    record.cells.slice(width).every((cell) => cell === "") &&
    (cells >= width || record.cells.every((cell) => cell === ""))
  )
    return undefined;
  return { row: record.line, rule: "ragged", value, detail: `${cells} {instead} ${width}` };
}

const severalRows = ({ line, cells }: CsvRecord): Repaired => ({
  row: line,
  rule: "several_rows",
  value: cells.join(", ").slice(0, 200),
  detail: "",
});

const rawTable = (
  request: ReadRequest,
  encoding: Encoding,
  header: Header,
  unreadable: readonly Unreadable[],
): RawTable => ({
  sqlName: request.sqlName,
  headers: header.names,
  unreadable,
  typed: false,
  recognised: recognisedAs(request, encoding, header),
});

/** What the summary says of the file; `encoding` is marked where nothing in the file proves it. */
export function recognisedAs(
  request: ReadRequest,
  encoding: Encoding,
  header: Header,
): Readonly<Record<string, string>> {
  const { guessed } = decideEncoding(request.scan, request.mapping.csv.encoding);
  return {
    format: "csv",
    encoding: guessed ? `${encoding} (guessed)` : encoding,
    delimiter: header.syntax.delimiter,
    quote: header.syntax.quote,
    ...(header.syntax.escape === header.syntax.quote ? {} : { escape: header.syntax.escape }),
    headerRow: String(header.namesLine),
    ...(header.line > header.namesLine ? { ruleLine: String(header.line) } : {}),
  };
}
