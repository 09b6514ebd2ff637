import type { CsvRecord, CsvSyntax } from "./csv-parse.ts";
import type { RepairedRecord } from "./csv-repair.ts";

export const QUOTES = ['"', "'", "`"];

/** What opens a cell, and what closes it. */
type Pair = readonly [string, string];

/** Quotes of texts, which programs for writing put in the place of others. */
export const PRINTED: readonly Pair[] = [
  ["“", "”"],
  ["„", "“"],
  ["„", "”"],
  ["«", "»"],
  ["‘", "’"],
];

const pairOf = (sign: string): Pair => [sign, sign];
/** Those that all cells of a row may stand in. */
const AROUND_ALL: readonly Pair[] = [...QUOTES.map(pairOf), ...PRINTED];
/** Those and others that a cell cut in pieces may begin and end with. */
const JOINING: readonly Pair[] = [...AROUND_ALL, ...["$", "~", "|", "#"].map(pairOf)];

/** How a row is quoted, in words that end a message. */
export const quotedWith = (quote: string): string => `it is quoted with ${quote}`;

const isWrapped = (cell: string, [open, close]: Pair): boolean =>
  cell.length > 1 && cell.startsWith(open) && cell.endsWith(close);

const areWrapped = (cells: readonly string[], pair: Pair): boolean =>
  cells.every((cell) => cell === "" || isWrapped(cell, pair));

/** Cells that another quote opens and closes, as one each: `'a`, `b'` in place of `'a, b'`. */
export function byJoinedCells(
  { line, cells }: CsvRecord,
  width: number,
  syntax: CsvSyntax,
): RepairedRecord | undefined {
  if (cells.length <= width) return undefined;
  for (const pair of JOINING) {
    const [open, close] = pair;
    if (open === syntax.quote || syntax.delimiter.includes(open)) continue;
    const joined: string[] = [];
    for (let i = 0; i < cells.length; i++) {
      const cell = cells[i] ?? "";
      const isOpen = cell.startsWith(open) && !(cell.length > 1 && cell.endsWith(close));
      const end = isOpen ? cells.findIndex((other, j) => j > i && other.endsWith(close)) : -1;
      joined.push(end < 0 ? cell : cells.slice(i, end + 1).join(syntax.delimiter));
      if (end > 0) i = end;
    }
    if (joined.length !== width) continue;
    const areAll = areWrapped(joined, pair);
    // quotes of texts may be text, unless they stand around all; of others those around the cell that was cut
    const isQuoted = (cell: string): boolean => areAll || (open === close && !cells.includes(cell));
    const bare = joined.map((cell) => (isQuoted(cell) ? cell.slice(1, -1) : cell));
    return { rows: [{ line, cells: bare }], how: `a cell of it is quoted with ${open}` };
  }
  return undefined;
}

/** A record of the table's width whose filled cells all stand in quotes that aren't the file's, without them. */
export function withoutOtherQuotes({ line, cells }: CsvRecord, { quote }: CsvSyntax): RepairedRecord | undefined {
  const filled = cells.filter((cell) => cell !== "");
  const pair = AROUND_ALL.find((one) => one[0] !== quote && filled[0] !== undefined && isWrapped(filled[0], one));
  if (pair === undefined || filled.length < 2 || !areWrapped(filled, pair)) return undefined;
  const [open, close] = pair;
  const bare = cells.map((cell) => cell.slice(1, -1).replaceAll(close + close, close));
  return { rows: [{ line, cells: bare }], how: quotedWith(open) };
}

/** Quoted cells that a quote and a separator of their text seem to close: they end where the next lone quote does. `"a 3", b","c"` */
export function byLateClose(
  { line, lines, cells }: CsvRecord,
  raw: string,
  width: number,
  { quote, delimiter }: CsvSyntax,
): RepairedRecord | undefined {
  if (quote === "" || cells.length <= width || lines > 1) return undefined;
  const pieces = raw.split(delimiter);
  const starts: number[] = [];
  // the piece with which the last quoted cell begins
  let open = -1;
  for (const [i, piece] of pieces.entries()) {
    const isEnd = piece.endsWith(quote) && !piece.trimStart().startsWith(quote);
    if (isEnd && open >= 0) while ((starts.at(-1) ?? open) > open) starts.pop();
    else starts.push(i);
    if (piece.startsWith(quote)) open = i;
  }
  const joined = starts.map((start, i) => pieces.slice(start, starts[i + 1]).join(delimiter));
  const pair: Pair = [quote, quote];
  if (joined.length !== width || joined.some((cell) => cell.startsWith(quote) && !isWrapped(cell, pair)))
    return undefined;
  const bare = joined.map((cell) =>
    isWrapped(cell, pair) ? cell.slice(1, -1).replaceAll(quote + quote, quote) : cell,
  );
  return { rows: [{ line, cells: bare }], how: "a quote with a separator behind it was taken as text" };
}
