import { type CsvRecord, type CsvSyntax, parseCsv, recordCutter } from "./csv-parse.ts";

/** A record cut anew so that it has the table's width, and in which way. */
export interface RepairedRecord {
  /** One row, or several where a quote had swallowed line ends; `line` of each. */
  readonly rows: ReadonlyArray<{ readonly line: number; readonly cells: readonly string[] }>;
  readonly how: string;
}

/** Lines of a quoted cell that all have this many cells are rows that a stray quote swallowed, not text. */
const SURE_WIDTH = 4;

const OTHER_DELIMITERS = [",", ";", "\t", "|"];

/**
 * Another reading of a record that isn't of the table's width: with one opening quote taken as text, line by line,
 * with the other kind of quote, or with another delimiter. Undefined when none gives the width exactly.
 */
export function repairRecord(record: CsvRecord, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  if (record.raw === undefined || width < 2) return undefined;
  if (record.cells.length === width)
    return width >= SURE_WIDTH ? byLines(record, record.raw, width, syntax) : undefined;
  return (
    byLiteralQuote(record, record.raw, width, syntax) ??
    byLines(record, record.raw, width, syntax) ??
    byOtherQuote(record, record.raw, width, syntax) ??
    byOtherDelimiter(record, record.raw, width, syntax)
  );
}

/** Whether each line of a record of several lines is a row of the table's width by itself. */
export const swallowsRows = (record: CsvRecord, width: number, syntax: CsvSyntax): boolean =>
  width >= SURE_WIDTH && record.raw !== undefined && byLines(record, record.raw, width, syntax) !== undefined;

function byLiteralQuote(record: CsvRecord, raw: string, width: number, syntax: CsvSyntax): RepairedRecord | undefined {
  if (syntax.quote === "" || record.lines > 1) return undefined;
  const cut = recordCutter(syntax);
  for (let at = raw.indexOf(syntax.quote); at >= 0; at = raw.indexOf(syntax.quote, at + 1)) {
    if (at > 0 && !raw.startsWith(syntax.delimiter, at - syntax.delimiter.length)) continue;
    const found = cut(raw, 0, true, at);
    if (found !== undefined && found.end === raw.length && found.cells.length === width)
      return { rows: [{ line: record.line, cells: found.cells }], how: "one quote was taken as text" };
  }
  return undefined;
}

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
  const quote = syntax.quote === "'" ? '"' : "'";
  if (!raw.includes(quote)) return undefined;
  return single(record, raw, width, { ...syntax, quote, escape: quote }, `it is quoted with ${quote}`);
}

function byOtherDelimiter(
  record: CsvRecord,
  raw: string,
  width: number,
  syntax: CsvSyntax,
): RepairedRecord | undefined {
  for (const delimiter of OTHER_DELIMITERS) {
    if (delimiter === syntax.delimiter) continue;
    const found = single(
      record,
      raw,
      width,
      { ...syntax, delimiter },
      `its cells are separated by '${delimiter === "\t" ? "\\t" : delimiter}'`,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}

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
