import { type CellKind, cellKind, isFigure } from "./cell-kind.ts";
import { type CsvRecord, type CsvSyntax, parseCsv, recordCutter } from "./csv-parse.ts";

/** A record cut anew so that it has the table's width, and in which way. */
export interface RepairedRecord {
  /** One row, or several where a quote had swallowed line ends; `line` of each. */
  readonly rows: ReadonlyArray<{ readonly line: number; readonly cells: readonly string[] }>;
  readonly how: string;
}

/** Lines of a quoted cell that all have this many cells are rows that a stray quote swallowed, not text. */
const SURE_WIDTH = 4;

const OTHER_DELIMITERS = [",", ";", "\t", "|", ":", " "];
/** Signs that cells are full of: before they are taken for separators, so many cells of figures have to be where the columns have them. */
const DOUBTFUL = new Set([" ", ":"]);
const SURE_FIGURES = 2;
const QUOTES = ['"', "'", "`"];

/**
 * Another reading of a record that isn't of the table's width: with one opening quote taken as text, line by line,
 * or with the other kind of quote. Undefined when none gives the width exactly.
 */
export function repairRecord(record: CsvRecord, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  if (record.raw === undefined || width < 2) return undefined;
  if (record.cells.length === width)
    return width >= SURE_WIDTH ? byLines(record, record.raw, width, syntax) : undefined;
  return (
    byLiteralQuote(record, record.raw, width, syntax) ??
    byLines(record, record.raw, width, syntax) ??
    byOtherQuote(record, record.raw, width, syntax)
  );
}

/**
 * A record of few cells that has the table's width under another delimiter, and figures where its columns (by the kind
 * that most of their cells have) hold figures; names only, where it may be the header.
 */
export function byOtherDelimiter(
  record: CsvRecord,
  columns: ReadonlyArray<CellKind | undefined>,
  syntax: CsvSyntax,
  mayBeHeader: boolean,
): RepairedRecord | undefined {
  const { raw } = record;
  const width = columns.length;
  if (raw === undefined || width < 2 || record.cells.length > width / 2) return undefined;
  for (const delimiter of OTHER_DELIMITERS) {
    if (delimiter === syntax.delimiter) continue;
    const how = `its cells are separated by '${delimiter === "\t" ? "\\t" : delimiter}'`;
    const found = single(record, raw, width, { ...syntax, delimiter }, how);
    const cells = found?.rows[0]?.cells ?? [];
    if (found === undefined) continue;
    if (mayBeHeader ? areNames(cells) : figuresAgree(cells, columns, DOUBTFUL.has(delimiter) ? SURE_FIGURES : 0))
      return found;
  }
  return undefined;
}

const areNames = (cells: readonly string[]): boolean =>
  new Set(cells).size === cells.length && cells.every((cell) => cell !== "" && !isFigure(cellKind(cell)));

function figuresAgree(cells: readonly string[], columns: ReadonlyArray<CellKind | undefined>, least: number): boolean {
  let agreeing = 0;
  for (const [i, cell] of cells.entries()) {
    const expected = columns[i];
    const kind = cellKind(cell);
    if (expected === undefined || !isFigure(expected) || kind === "empty") continue;
    if (kind !== expected) return false;
    agreeing++;
  }
  return agreeing >= least;
}

/** Whether each line of a record of several lines is a row of the table's width by itself. */
export const swallowsRows = (record: CsvRecord, width: number, syntax: CsvSyntax): boolean =>
  width >= SURE_WIDTH && record.raw !== undefined && byLines(record, record.raw, width, syntax) !== undefined;

/** Whether the lines of a quoted cell may be rows of a table too narrow to be sure. */
export const maySwallowRows = (record: CsvRecord, width: number, syntax: CsvSyntax): boolean =>
  width > 1 &&
  width < SURE_WIDTH &&
  record.cells.length === width &&
  record.raw !== undefined &&
  byLines(record, record.raw, width, syntax) !== undefined;

function byLiteralQuote(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  if (syntax.quote === "" || record.lines > 1 || record.faults.length === 0) return undefined;
  const cut = recordCutter(syntax);
  for (let at = raw.indexOf(syntax.quote); at >= 0; at = raw.indexOf(syntax.quote, at + 1)) {
    if (at > 0 && !raw.startsWith(syntax.delimiter, at - syntax.delimiter.length)) continue;
    const found = cut(raw, 0, true, at);
    if (found === undefined || found.end !== raw.length || found.cells.length !== width) continue;
    const cells = found.cells.map((cell) => (isTwiceClosed(cell, syntax) ? cell.slice(1, -1) : cell));
    return { rows: [{ line: record.line, cells }], how: "one quote was taken as text" };
  }
  return undefined;
}

/** Whether a cell is wrapped in quotes and has one too many in front of its last. */
const isTwiceClosed = (cell: string, { quote }: CsvSyntax): boolean =>
  cell.length > 3 && cell.startsWith(quote) && cell.endsWith(quote + quote) && !cell.slice(1, -2).includes(quote);

function byLines(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  if (record.lines === 1) return undefined;
  const rows = raw.split(/\r\n|\n|\r/).map((text, i) => {
    const [only, ...more] = parseCsv(text, syntax, width);
    const line = record.line + i;
    if (only === undefined || more.length > 0) return undefined;
    if (only.cells.length === width) return { line, cells: only.cells };
    return byLiteralQuote(only, text, width, syntax)?.rows.map(({ cells }) => ({ line, cells }))[0];
  });
  const whole = rows.flatMap((row) => (row === undefined ? [] : [row]));
  return whole.length === rows.length
    ? { rows: whole, how: "an unclosed quote was taken as text and its lines as rows" }
    : undefined;
}

function byOtherQuote(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  const isTorn = (cell: string): boolean =>
    syntax.quote !== "" && cell.startsWith(syntax.quote) !== cell.endsWith(syntax.quote);
  for (const quote of QUOTES) {
    if (quote === syntax.quote || !raw.includes(quote)) continue;
    const found = single(record, raw, width, { ...syntax, quote, escape: quote }, quotedWith(quote));
    if (found !== undefined && !found.rows.some(({ cells }) => cells.some(isTorn))) return found;
  }
  return undefined;
}

/** A record of the table's width whose filled cells all stand in quotes that aren't the file's, without them. */
export function withoutOtherQuotes({ line, cells }: CsvRecord, { quote }: CsvSyntax): RepairedRecord | undefined {
  const filled = cells.filter((cell) => cell !== "");
  const other = QUOTES.find((sign) => sign !== quote && filled[0]?.startsWith(sign) === true);
  if (other === undefined || filled.length < 2) return undefined;
  if (!filled.every((cell) => cell.length > 1 && cell.startsWith(other) && cell.endsWith(other))) return undefined;
  const bare = cells.map((cell) => cell.slice(1, -1).replaceAll(other + other, other));
  return { rows: [{ line, cells: bare }], how: quotedWith(other) };
}

const quotedWith = (quote: string): string => `it is quoted with ${quote}`;

function single(
  record: CsvRecord,
  raw: string,
  width: number,
  syntax: CsvSyntax,
  how: string,
): RepairedRecord | undefined {
  const [only, ...more] = parseCsv(raw, syntax);
  if (only === undefined || more.length > 0 || only.cells.length !== width || only.faults.length > 0) return undefined;
  return { rows: [{ line: record.line, cells: only.cells }], how };
}
