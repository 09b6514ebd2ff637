import { joinedTexts } from "./csv-joined.ts";
import { type CsvRecord, type CsvSyntax, parseCsv, recordCutter } from "./csv-parse.ts";
import { byJoinedCells, byLateClose, QUOTES, quotedWith } from "./csv-quoted-cells.ts";

/** A record cut anew so that it has the table's width, and in which way. */
export interface RepairedRecord {
  /** One row, or several where a quote had swallowed line ends; `line` of each. */
  readonly rows: ReadonlyArray<{ readonly line: number; readonly cells: readonly string[] }>;
  readonly how: string;
}

/** A record cut anew in a file, the records that it takes there, and its lines. */
export interface MendedRecord {
  readonly repaired: RepairedRecord;
  readonly records: number;
  readonly lines: number;
}

/** Lines of a quoted cell that all have this many cells are rows that a stray quote swallowed, not text. */
const SURE_WIDTH = 4;

/**
 * Another reading of a record that isn't of the table's width, or has a stray quote: with quotes escaped otherwise, with
 * one opening quote taken as text, line by line, or with the other kind of quote. Undefined when none gives the width exactly.
 */
export function repairRecord(record: CsvRecord, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  const { raw } = record;
  if (raw === undefined || width < 2) return undefined;
  const byEscape = byOtherEscape(record, raw, width, syntax);
  if (byEscape !== undefined) return byEscape;
  if (record.cells.length === width) {
    const isSure = width >= SURE_WIDTH && (syntax.delimiter !== " " || record.faults.length > 0);
    return isSure ? byLines(record, raw, width, syntax) : undefined;
  }
  const byQuotes = (): RepairedRecord | undefined =>
    byDoubledQuotes(record, raw, width, syntax) ??
    byJoinedCells(record, width, syntax) ??
    byLateClose(record, raw, width, syntax) ??
    byLiteralQuote(record, raw, width, syntax) ??
    byAddedQuote(record, raw, width, syntax) ??
    byClosedEnd(record, raw, width, syntax);
  return (
    byOtherQuote(record, raw, width, syntax, true) ??
    (record.lines === 1 ? byQuotes() : byLines(record, raw, width, syntax)) ??
    byOtherQuote(record, raw, width, syntax, false) ??
    (record.lines > 1 ? byQuotes() : undefined) ??
    joinedTexts(record, width, syntax)
  );
}

/** Whether each line of a record of several lines is a row of the table's width by itself. */
export const swallowsRows = (record: CsvRecord, width: number, syntax: CsvSyntax): boolean =>
  width >= SURE_WIDTH && record.raw !== undefined && byLines(record, record.raw, width, syntax) !== undefined;

/** Lines of a quoted cell from which on most of them may be rows, and the share that has to be. */
const SEVERAL_LINES = 3;
const MOST_LINES = 0.6;

/** Whether the lines of a quoted cell may be rows: of a table too narrow to be sure, where each may be one by its cells, or most of many lines. */
export function maySwallowRows(
  record: CsvRecord,
  width: number,
  syntax: CsvSyntax,
  mayBeRow: (cells: readonly string[]) => boolean = () => true,
): boolean {
  const { raw, lines, cells } = record;
  if (width < 2 || cells.length !== width || raw === undefined || lines === 1) return false;
  const rows = raw.split(/\r\n|\n|\r/);
  const whole = rows.filter((text) => parseCsv(text, syntax)[0]?.cells.length === width).length;
  if (rows.length >= SEVERAL_LINES && whole >= MOST_LINES * rows.length) return true;
  return width < SURE_WIDTH && byLines(record, raw, width, syntax)?.rows.every((row) => mayBeRow(row.cells)) === true;
}

/** With quotes that a backslash escapes in a file that doubles them, or doubled ones where backslashes escape them. */
function byOtherEscape(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  const { quote } = syntax;
  const escaping = syntax.escape === quote ? "\\" : quote;
  if (quote === "" || !raw.includes(escaping + quote)) return undefined;
  if (record.cells.length === width && !record.faults.includes("stray_quote")) return undefined;
  const how = escaping === quote ? "its quotes are doubled" : `its quotes are escaped by '${escaping}'`;
  return single(record, raw, width, { ...syntax, escape: escaping }, how);
}

/** Quotes written twice around a cell, as often as they are: `""a, b""`. */
function byDoubledQuotes(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  const { quote, delimiter } = syntax;
  if (quote === "" || !raw.includes(quote + quote)) return undefined;
  const [q, d] = [literal(quote), literal(delimiter)];
  const twice = new RegExp(`(^|${d})${q}${q}((?!${q}|${d}|$).*?[^${q}])${q}${q}(?=${d}|$)`, "gs");
  const once = raw.replaceAll(twice, (_, before: string, cell: string) => `${before}${quote}${cell}${quote}`);
  return once === raw
    ? undefined
    : single(record, once, width, syntax, "quotes that stand twice around a cell were taken as one");
}

/** Signs of a line in which places for a quote are tried. */
const LONGEST_TRIED = 4096;

/** With one quote added at a cell's begin or end where every cell stands in quotes then, as all but one do: `"a",b, c","d"`. */
function byAddedQuote(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  const { quote, delimiter } = syntax;
  if (quote === "" || raw.length > LONGEST_TRIED || raw.split(quote).length < 2 * width) return undefined;
  const [q, d] = [literal(quote), literal(delimiter)];
  const cell = `${q}([^${q}]|${q}${q})*${q}`;
  const allQuoted = new RegExp(`^${cell}(${d}${cell}){${width - 1}}$`);
  const separators = [...raw.matchAll(new RegExp(d, "g"))].map(({ index }) => index);
  const isQuoteAt = (place: number): boolean => raw.startsWith(quote, place);
  // only where none stands: each try looks through the whole line
  const begins = [0, ...separators.map((place) => place + delimiter.length)].filter((place) => !isQuoteAt(place));
  const ends = [...separators, raw.length].filter((place) => !isQuoteAt(place - quote.length));
  for (const at of [...begins, ...ends].sort((a, b) => a - b)) {
    const added = raw.slice(0, at) + quote + raw.slice(at);
    if (allQuoted.test(added)) {
      const found = single(record, added, width, syntax, "a quote is missing in it, and was added");
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** With a quote at the end of a record whose last cell was cut, since none closes it: `1,"a, b`. */
const byClosedEnd = (record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined =>
  record.cells.length > width && record.lines === 1 && record.faults.includes("unclosed_quote")
    ? single(record, raw + syntax.quote, width, syntax, "a quote is missing at its end, and was added")
    : undefined;

/** With the one opening quote taken as text that leaves the fewest faults. */
function byLiteralQuote(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  if (syntax.quote === "" || record.faults.length === 0) return undefined;
  const cut = recordCutter(syntax);
  let best: { readonly cells: readonly string[]; readonly faults: number } | undefined;
  let tried = 0;
  for (let at = raw.indexOf(syntax.quote); at >= 0; at = raw.indexOf(syntax.quote, at + 1)) {
    if (at > 0 && !raw.startsWith(syntax.delimiter, at - syntax.delimiter.length)) continue;
    if (isPlainCell(raw, at, syntax)) continue;
    tried += raw.length;
    if (tried > MOST_TRIED) break;
    const found = cut(raw, 0, true, at);
    if (found === undefined || found.end !== raw.length || found.cells.length !== width) continue;
    if (best === undefined || found.faults.length < best.faults)
      best = { cells: found.cells, faults: found.faults.length };
  }
  if (best === undefined) return undefined;
  const cells = best.cells.map((cell) => (isTwiceClosed(cell, syntax) ? cell.slice(1, -1) : cell));
  return { rows: [{ line: record.line, cells }], how: "one quote was taken as text" };
}

/** Signs that are looked through at most for the quote of a record that is text. */
const MOST_TRIED = 2 ** 24;

/** Whether a quoted cell ends at the first separator or the line's end behind it: as text it would end there too. */
function isPlainCell(raw: string, at: number, { quote, delimiter, ...syntax }: CsvSyntax): boolean {
  const end = raw.indexOf(quote, at + quote.length);
  if (end < 0) return false;
  const behind = end + quote.length;
  if (behind < raw.length && !raw.startsWith(delimiter, behind)) return false;
  const cell = raw.slice(at + quote.length, end);
  return (
    !cell.includes(delimiter) &&
    !/[\r\n]/.test(cell) &&
    (syntax.escape === "" || syntax.escape === quote || !cell.includes(syntax.escape))
  );
}

/** Whether a cell is wrapped in quotes and has one too many in front of its last. */
const isTwiceClosed = (cell: string, { quote }: CsvSyntax): boolean =>
  cell.length > 3 && cell.startsWith(quote) && cell.endsWith(quote + quote) && !cell.slice(1, -2).includes(quote);

/** Cells that a quote opens or closes, but not both. */
const tornCells = (cells: readonly string[], quote: string): number =>
  cells.filter((cell) => cell.startsWith(quote) !== cell.endsWith(quote)).length;

function byLines(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  if (record.lines === 1) return undefined;
  const rows = raw.split(/\r\n|\n|\r/).map((text, i) => {
    const [only, ...more] = parseCsv(text, syntax, width);
    const line = record.line + i;
    if (only === undefined || more.length > 0) return undefined;
    if (only.cells.length === width) return { line, cells: only.cells };
    const cells = byLiteralQuote(only, text, width, syntax)?.rows[0]?.cells;
    return cells === undefined || tornCells(cells, syntax.quote) > 1 ? undefined : { line, cells };
  });
  const whole = rows.flatMap((row) => (row === undefined ? [] : [row]));
  return whole.length === rows.length
    ? { rows: whole, how: "an unclosed quote was taken as text and its lines as rows" }
    : undefined;
}

/** With another quote, which may have to stand around every filled cell. */
function byOtherQuote(
  record: CsvRecord,
  raw: string,
  width: number,
  syntax: CsvSyntax,
  isAroundAll: boolean,
): RepairedRecord | undefined {
  const isTorn = (cell: string): boolean =>
    syntax.quote !== "" && cell.startsWith(syntax.quote) !== cell.endsWith(syntax.quote);
  const delimiter = literal(syntax.delimiter);
  for (const quote of QUOTES) {
    if (quote === syntax.quote || !raw.includes(quote)) continue;
    const cell = `(${quote}([^${quote}]|${quote}${quote})*${quote})?`;
    if (isAroundAll && !new RegExp(`^${cell}(${delimiter}${cell})*$`).test(raw)) continue;
    const found = single(record, raw, width, { ...syntax, quote, escape: quote }, quotedWith(quote));
    if (found !== undefined && (isAroundAll || !found.rows.some(({ cells }) => cells.some(isTorn)))) return found;
  }
  return undefined;
}

const literal = (text: string): string => text.replaceAll(/[\\^$.|?*+()[\]{}/]/g, "\\$&");

/** How a row's cells are separated, in words that end a message. */
export const separatedBy = (delimiter: string): string =>
  `its cells are separated by '${delimiter.replaceAll("\t", "\\t")}'`;

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
