import { type CsvRecord, csvParser, parseCsv } from "../delimited/csv-parse.ts";
import { readHeader, unreadableOf } from "../delimited/read-csv.ts";
import { decideEncoding, decodedText } from "../files/encoding.ts";
import { READERS, type ReadRequest, type SourceFormat } from "../files/formats.ts";
import { type RawTable, rawColumn } from "../files/raw-table.ts";
import { MOST_NAMED, namedRows, parquetColumns, rawParquet } from "../files/read-parquet.ts";
import { wantedLines } from "../files/wanted-lines.ts";
import { headerNames } from "../workbook/xlsx-ranges.ts";
import { readSheet, type XlsxRow } from "../workbook/xlsx-stream.ts";

/** Rows of a file as they came: cells under the sender's headers; a row that can't be cut has its raw text in the first. */
interface ProblemRows {
  readonly headers: readonly string[];
  /** The sender's own; undefined for formats that have none. */
  readonly delimiter?: string;
  readonly rows: ReadonlyMap<number, readonly string[]>;
}

/** Reads a file again for the rows named, whose numbers are those of `source_row`; nothing else of it is kept. */
export function readProblemRows(
  request: ReadRequest,
  format: SourceFormat,
  wanted: ReadonlySet<number>,
): Promise<ProblemRows> {
  if (format === "csv") return fromCsv(request, wanted);
  return format === "xlsx" ? fromSheet(request, wanted) : fromTable(request, format, wanted);
}

async function fromCsv(request: ReadRequest, wanted: ReadonlySet<number>): Promise<ProblemRows> {
  const { scan, mapping, absolute } = request;
  const { encoding } = decideEncoding(scan, mapping.csv.encoding);
  const { syntax, names } = await readHeader(request, encoding);
  const rows = new Map<number, readonly string[]>();
  const keep = (record: CsvRecord): void => {
    if (!wanted.has(record.line)) return;
    const isCut = unreadableOf(record, names.length, syntax) === undefined;
    rows.set(record.line, isCut ? record.cells : [record.raw ?? record.cells.join(syntax.delimiter)]);
  };
  const oneLineEach = encoding === "utf-8" && !scan.hasLoneReturn && (!scan.hasQuote || syntax.quote === "");
  if (oneLineEach) {
    for await (const { line, text } of wantedLines(absolute, scan, wanted))
      for (const record of parseCsv(text, syntax, names.length).slice(0, 1)) keep({ ...record, line });
    return { headers: names, delimiter: syntax.delimiter, rows };
  }
  const last = Math.max(...wanted);
  let line = 0;
  const parser = csvParser(
    syntax,
    (record) => {
      line = record.line;
      keep(record);
    },
    names.length,
  );
  for await (const text of decodedText(absolute, encoding)) {
    parser.write(text);
    if (line > last) break;
  }
  if (line <= last) parser.end();
  return { headers: names, delimiter: syntax.delimiter, rows };
}

async function fromSheet(request: ReadRequest, wanted: ReadonlySet<number>): Promise<ProblemRows> {
  const { headerRow, headerRows, sheet: name } = request.mapping.xlsx;
  const rows = new Map<number, readonly string[]>();
  const header: XlsxRow[] = [];
  const sheet = await readSheet(request.absolute, request.path, name, (own) => {
    if (own.row >= headerRow && own.row < headerRow + headerRows) header.push(own);
    if (wanted.has(own.row)) rows.set(own.row, [...own.cells]);
  });
  return { headers: headerNames(header, sheet.merged), rows };
}

async function fromTable(
  request: ReadRequest,
  format: SourceFormat,
  wanted: ReadonlySet<number>,
): Promise<ProblemRows> {
  const again = { ...request, sqlName: `${request.sqlName}_again` };
  if (format === "parquet") return fromParquet(again, wanted);
  const raw = await READERS[format](again);
  const rows = new Map(await takenRows(again, raw, `source_row in (${[...wanted].join(", ")})`));
  for (const { row, value } of raw.unreadable) if (wanted.has(row)) rows.set(row, [value]);
  return { headers: raw.headers, rows };
}

/** Rows of a raw table that fulfil a condition; the table goes. */
async function takenRows(
  { engine, sqlName }: ReadRequest,
  { headers }: RawTable,
  condition: string,
): Promise<ReadonlyArray<readonly [row: number, cells: readonly string[]]>> {
  const columns = headers.map((_, i) => rawColumn(i));
  const found = await engine.rows({
    name: sqlName,
    text: `select ${["source_row", ...columns].join(", ")} from ${sqlName} where ${condition}`,
  });
  await engine.execute({ name: sqlName, text: `drop table ${sqlName}` });
  return found.map((row) => [Number(row.source_row), columns.map((name) => String(row[name] ?? ""))] as const);
}

/**
 * The wanted rows of a Parquet file, which knows each row's number. Those only warned about are a file's first ones, and
 * many, the rejected ones few and anywhere: the last are named, so that only the stretch that holds the many is read in full.
 */
async function fromParquet(request: ReadRequest, wanted: ReadonlySet<number>): Promise<ProblemRows> {
  const numbers = [...wanted].map((row) => row - 1).sort((a, b) => a - b);
  const many = numbers.slice(0, Math.max(0, numbers.length - MOST_NAMED));
  const described = await parquetColumns(request);
  const list = `${request.sqlName}_wanted`;
  await request.engine.load(list, { row: Float64Array.from(many) });
  const rows = new Map<number, readonly string[]>();
  // the engine leaves out stretches before the first and behind the last of a list that a column by itself is asked for
  const listed = `file_row_number in (select cast(row as bigint) from ${list})`;
  for (const condition of [...(many.length > 0 ? [listed] : []), namedRows(numbers.slice(many.length))]) {
    const raw = await rawParquet(request, described, condition);
    for (const [row, cells] of await takenRows(request, raw, "true")) rows.set(row, cells);
  }
  await request.engine.execute({ name: list, text: `drop table ${list}` });
  return { headers: described.map(({ name }) => name), rows };
}
