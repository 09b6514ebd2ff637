import { join } from "node:path";
import { quoteText, SqlError } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import { type CsvRecord, type CsvSyntax, csvParser, parseCsv } from "./csv-parse.ts";
import { swallowsRows } from "./csv-repair.ts";
import { definedOnly } from "./defined-only.ts";
import { detectSyntax } from "./dialect.ts";
import { decideEncoding, decodedText, type Encoding, UNDECODED } from "./encoding.ts";
import type { ReadRequest } from "./formats.ts";
import { mappedHeaders } from "./incoming.ts";
import { canonicalWriter, loadCanonical, type RawTable, rawColumn, rawRows, type Unreadable } from "./raw-table.ts";
import { SAMPLE, sampleOf } from "./read-delimited.ts";

const QUOTED_BY_ENGINE = 1 << 25;

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

export interface Header {
  readonly syntax: CsvSyntax;
  readonly line: number;
  readonly names: readonly string[];
}

/** Lines above the header that are looked through for the mapped names. */
const PREAMBLE = 50;

/** The header is the first line that has every mapped name, else the first line that isn't blank (whose problems are then told). */
export async function readHeader(request: ReadRequest, encoding: Encoding): Promise<Header> {
  const { csv } = request.mapping;
  const sample = await sampleText(request, encoding);
  const given = definedOnly({ delimiter: csv.delimiter, quote: csv.quote, escape: csv.escape });
  const { syntax, rival } = detectSyntax(sample, given);
  const records = parseCsv(sample, syntax).filter(({ cells }) => cells.some((cell) => cell.trim() !== ""));
  const wanted = mappedHeaders(request.mapping);
  const told = csv.headerRow === undefined ? undefined : records.find(({ line }) => line >= (csv.headerRow ?? 1));
  const named = records.slice(0, PREAMBLE).find(({ cells }) => wanted.every((name) => trimmed(cells).includes(name)));
  const header = told ?? named ?? records.find(({ cells }) => !/^sep=/.test(cells[0] ?? ""));
  if (header === undefined) throw new UserError(`${request.path} is empty: it has no header line; export it again`);
  if (rival !== undefined && named === undefined)
    throw new UserError(
      `${request.path}: its separator and quotes can't be told for certain; set csv.delimiter and csv.quote in its mapping`,
    );
  return { syntax, line: header.line, names: trimmed(header.cells) };
}

async function sampleText(request: ReadRequest, encoding: Encoding): Promise<string> {
  let sample = "";
  for await (const text of decodedText(request.absolute, encoding)) {
    sample += text;
    if (sample.length >= SAMPLE) break;
  }
  return sampleOf(sample);
}

/** Names without outer spaces, and without the empty ones that a delimiter at the line's end leaves. */
function trimmed(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => cell.trim());
  while (names.length > 1 && names.at(-1) === "") names.pop();
  return names;
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

async function readByParser(request: ReadRequest, encoding: Encoding, header: Header): Promise<RawTable> {
  const path = join(request.temporaryFolder, `${request.sqlName.replaceAll(".", "_")}.csv`);
  const writer = canonicalWriter(path);
  const unreadable: Unreadable[] = [];
  const width = header.names.length;
  for await (const record of recordsOf(request, encoding, header.syntax)) {
    if (record.line <= header.line) continue;
    const problem = unreadableOf(record, width, header.syntax);
    if (problem !== undefined) unreadable.push(problem);
    else if (record.cells.some((cell) => cell !== "")) writer.row(record.line, record.cells.slice(0, width));
  }
  writer.close();
  await loadCanonical(request.engine, request.sqlName, path, width);
  return rawTable(request, encoding, header, unreadable);
}

/** Why a record can't be cut into the header's columns, undefined when it can. */
export function unreadableOf(record: CsvRecord, width: number, syntax: CsvSyntax): Unreadable | undefined {
  const value = record.cells.join(syntax.delimiter).slice(0, 200);
  const [fault] = record.faults.filter((kind) => kind !== "space_after_quote");
  if (fault !== undefined) return { row: record.line, rule: fault, value, detail: "" };
  if (swallowsRows(record, width, syntax)) return { row: record.line, rule: "unclosed_quote", value, detail: "" };
  const cells = record.cells.length;
  if (
    record.cells.slice(width).every((cell) => cell === "") &&
    (cells >= width || record.cells.every((cell) => cell === ""))
  )
    return undefined;
  return { row: record.line, rule: "ragged", value, detail: `${cells} cells where the header has ${width}` };
}

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
    headerRow: String(header.line),
  };
}
