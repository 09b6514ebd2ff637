import { type CellKind, cellKind, isFigure } from "./cell-kind.ts";
import type { CsvRecord } from "./csv-parse.ts";
import { excerpt, type ReadWarning, warning } from "./read-warning.ts";

/** What is said about a file's rows instead of being guessed: how many lines lie above the header, how many rows the header takes. */
export interface GivenLayout {
  /** Physical line of the header's first row. */
  readonly headerRow?: number;
  /** 0: the file has no header. */
  readonly headerRows?: number;
  /** Physical lines to leave out at the end. */
  readonly footerRows?: number;
}

/** The parts of a file's records; blank lines belong to none, except in tables of one column. */
export interface CsvLayout {
  readonly width: number;
  readonly columns: readonly string[];
  /** Physical line of the header, null without one. */
  readonly headerLine: number | null;
  readonly body: readonly CsvRecord[];
  readonly warnings: readonly ReadWarning[];
}

/** Finds the table among the records: what stands above and below it is left out and reported. */
export function layoutOf(records: readonly CsvRecord[], given: GivenLayout = {}): CsvLayout {
  const warnings: ReadWarning[] = [];
  const cut = withoutFooterLines(records, given.footerRows ?? 0, warnings);
  const width = tableWidth(cut.filter((record) => !isBlank(record)));
  const kept = width === 1 ? trimBlank(cut) : withoutBlank(cut, warnings);
  const from =
    given.headerRow === undefined
      ? tableStart(kept, width)
      : kept.findIndex(({ line }) => line >= (given.headerRow ?? 1));
  const start = from < 0 ? kept.length : from;
  for (const record of kept.slice(0, start))
    warnings.push(
      warning(
        "preamble",
        record.line,
        `line ${record.line} stands above the table and is left out: ${excerpt(record.cells.join(" "))}`,
      ),
    );
  const table = kept.slice(start);
  const end = given.footerRows === undefined ? tableEnd(table, width) : table.length;
  for (const record of table.slice(end))
    warnings.push(
      warning(
        "footer",
        record.line,
        `line ${record.line} stands below the table and is left out: ${excerpt(record.cells.join(" "))}`,
      ),
    );
  return withHeader(table.slice(0, end), width, given, warnings);
}

const isBlank = ({ cells }: CsvRecord): boolean => cells.length === 1 && (cells[0] ?? "").trim() === "";
const filled = ({ cells }: CsvRecord): number => cells.filter((cell) => cell.trim() !== "").length;

/** The width that most rows have; wide rows count for more, since titles and notes have one cell. */
function tableWidth(records: readonly CsvRecord[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of records) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const weight = (width: number, count: number): number => count * (width === 1 ? 0.2 : (width - 1) / width);
  let best = 1;
  let most = -1;
  for (const [width, count] of counts) {
    if (weight(width, count) > most) {
      best = width;
      most = weight(width, count);
    }
  }
  return best;
}

function trimBlank(records: readonly CsvRecord[]): readonly CsvRecord[] {
  let from = 0;
  let to = records.length;
  const plainBlank = (record: CsvRecord | undefined): boolean =>
    record !== undefined && isBlank(record) && record.raw === undefined;
  while (from < to && plainBlank(records[from])) from++;
  while (to > from && plainBlank(records[to - 1])) to--;
  return records.slice(from, to);
}

function withoutBlank(records: readonly CsvRecord[], warnings: ReadWarning[]): readonly CsvRecord[] {
  const lastFilled = records.findLastIndex((record) => !isBlank(record));
  return records.filter((record, i) => {
    if (!isBlank(record)) return true;
    if (i < lastFilled) warnings.push(warning("blank_line", record.line, `line ${record.line} is blank and left out`));
    return false;
  });
}

function withoutFooterLines(
  records: readonly CsvRecord[],
  count: number,
  warnings: ReadWarning[],
): readonly CsvRecord[] {
  const end = Math.max(0, records.length - count);
  for (const record of records.slice(end))
    warnings.push(warning("footer", record.line, `line ${record.line} is left out as told`));
  return records.slice(0, end);
}

/** Index of the record the table begins with: the header, also where it has a cell too many or too few. */
function tableStart(records: readonly CsvRecord[], width: number): number {
  let first = records.findIndex(({ cells }) => cells.length === width);
  if (first < 0 || width === 1) return 0;
  const next = records[first + 1];
  const title = records[first];
  if (
    width >= 3 &&
    title !== undefined &&
    next?.cells.length === width &&
    filled(title) <= width / 3 &&
    filled(next) > (2 * width) / 3
  ) {
    first++;
    while (first + 1 < records.length && filled(records[first] ?? title) <= width / 3) first++;
  }
  const above = records[first - 1];
  if (above === undefined || above.cells.length === width) return first;
  const isHeader =
    above.cells.length >= Math.max(2, width / 2) && above.cells.every((cell) => !isFigure(cellKind(cell)));
  return isHeader && looksLikeData(records[first]) ? first - 1 : first;
}

const looksLikeData = (record: CsvRecord | undefined): boolean =>
  record?.cells.some((cell) => isFigure(cellKind(cell))) === true;

/** Index behind the last record of the table: notes below it have few filled cells and another width. */
function tableEnd(records: readonly CsvRecord[], width: number): number {
  let end = records.length;
  if (width === 1) return end;
  const isNote = (record: CsvRecord | undefined): boolean =>
    record !== undefined && record.cells.length !== width && filled(record) <= Math.max(1, Math.floor(width / 3));
  while (end > 1 && isNote(records[end - 1])) end--;
  return end;
}

function withHeader(
  table: readonly CsvRecord[],
  width: number,
  given: GivenLayout,
  warnings: ReadWarning[],
): CsvLayout {
  const rows = given.headerRows ?? headerRowCount(table, width, warnings);
  const header = table.slice(0, rows);
  const wide = columnCount(header, table.slice(rows), width);
  const line = header[0]?.line ?? null;
  const names = Array.from({ length: wide }, (_, i) =>
    header.length === 0
      ? `column_${i + 1}`
      : header
          .map(({ cells }) => (cells[i] ?? "").trim())
          .filter((cell) => cell !== "")
          .join(" "),
  );
  const exact = header.length === 1 ? names.map((name, i) => (name === "" ? "" : (header[0]?.cells[i] ?? ""))) : names;
  if (header.length > 0) warnings.push(...headerWarnings(exact, line, header[0]?.cells.length ?? wide, wide));
  return { width: wide, columns: exact, headerLine: line, body: table.slice(rows), warnings };
}

/** As many columns as most rows have, more where the header names more, fewer where rows only end with empty cells. */
function columnCount(header: readonly CsvRecord[], body: readonly CsvRecord[], width: number): number {
  if (header.length === 0) return width;
  const named = Math.max(...header.map(({ cells }) => trimmedWidth(cells)));
  const used =
    named < width && body.length > 0
      ? Math.max(...body.map(({ cells }) => trimmedWidth(cells.slice(0, width))))
      : width;
  return Math.max(named, used, 1);
}

function trimmedWidth(cells: readonly string[]): number {
  let width = cells.length;
  while (width > 0 && (cells[width - 1] ?? "").trim() === "") width--;
  return width;
}

function headerWarnings(
  names: readonly string[],
  line: number | null,
  given: number,
  width: number,
): readonly ReadWarning[] {
  const seen = new Map<string, number>();
  const warnings: ReadWarning[] = [];
  for (const [i, name] of names.entries()) {
    const first = seen.get(name);
    if (name === "")
      warnings.push(warning("missing_header", line, `column ${i + 1} has no name in line ${line}`, i + 1));
    else if (first === undefined) seen.set(name, i);
    else
      warnings.push(
        warning(
          "duplicate_header",
          line,
          `columns ${first + 1} and ${i + 1} have the same name '${excerpt(name)}'`,
          i + 1,
        ),
      );
  }
  if (given !== width)
    warnings.push(
      warning("header_width", line, `the header in line ${line} has ${given} cells, the rows have ${width}`),
    );
  return warnings;
}

/** 1 with a header, 0 without, 2 or 3 where further rows of names stand over columns of figures. */
function headerRowCount(table: readonly CsvRecord[], width: number, warnings: ReadWarning[]): number {
  const [first, ...rest] = table;
  if (first === undefined) return 0;
  const columns = columnKinds(rest, width);
  const evidence = headerEvidence(first, rest, columns);
  if (evidence < 0) {
    warnings.push(
      warning(
        "no_header",
        first.line,
        `line ${first.line} looks like a row, not like names: columns are numbered; say \`--header-rows 1\` if it is the header`,
      ),
    );
    return 0;
  }
  if (evidence === 0)
    warnings.push(
      warning(
        "header_assumed",
        first.line,
        `line ${first.line} is taken for the header, though nothing in the rows proves it`,
      ),
    );
  let rows = 1;
  while (rows < 3 && isFurtherHeader(table, rows, width)) rows++;
  if (rows > 1)
    warnings.push(warning("header_rows", first.line, `the header takes ${rows} rows, whose names are joined`));
  return rows;
}

function columnKinds(records: readonly CsvRecord[], width: number): ReadonlyArray<CellKind | undefined> {
  return Array.from({ length: width }, (_, column) => {
    const counts = new Map<CellKind, number>();
    let total = 0;
    for (const { cells } of records.slice(0, 200)) {
      const kind = cellKind(cells[column] ?? "");
      if (kind === "empty") continue;
      counts.set(kind, (counts.get(kind) ?? 0) + 1);
      total++;
    }
    for (const [kind, count] of counts) if (count > total / 2) return kind;
    return undefined;
  });
}

/** Above 0: the first record names the columns; below 0: it is a row like the others. */
function headerEvidence(
  first: CsvRecord,
  rest: readonly CsvRecord[],
  columns: ReadonlyArray<CellKind | undefined>,
): number {
  let evidence = 0;
  for (const [i, kind] of columns.entries()) {
    const cell = first.cells[i] ?? "";
    const own = cellKind(cell);
    if (own === "empty") continue;
    if (kind !== undefined && isFigure(kind)) evidence += isFigure(own) ? (own === kind ? -1 : 0) : 1;
    else if (isFigure(own)) evidence -= 1;
    else if (rest.slice(0, 200).some(({ cells }) => cells[i] === cell)) evidence -= 1;
  }
  return evidence;
}

function isFurtherHeader(table: readonly CsvRecord[], at: number, width: number): boolean {
  const record = table[at];
  const below = table.slice(at + 1);
  if (record === undefined || below.length < 3 || record.cells.length !== width) return false;
  const figures = columnKinds(below, width).flatMap((kind, i) => (kind !== undefined && isFigure(kind) ? [i] : []));
  return (
    figures.length >= 2 &&
    figures.every((i) => {
      const kind = cellKind(record.cells[i] ?? "");
      return kind !== "empty" && !isFigure(kind);
    })
  );
}
