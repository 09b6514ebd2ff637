import { excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { cellKind, isFigure } from "./cell-kind.ts";
import type { CsvLayout } from "./csv-layout.ts";
import { saysNothing } from "./header-evidence.ts";

/** Rows that a last cell is held against, and how few of them show anything, or much. */
const ROWS = 200;
const FEW = 3;
const SOME = 5;
const MANY = 15;
/** Signs at the end of a text whose lines are looked at. */
const TAIL = 1 << 13;

/**
 * What is doubtful about the last row of a text that no line end closes: many programs write none, but a last cell that
 * is unlike its column then shows where a file was cut off.
 */
export function cutOff(text: string, quote: string, { body, width }: CsvLayout): readonly ReadWarning[] {
  const last = body.at(-1);
  if (last === undefined || last.cells.length !== width || /[\r\n]$/.test(text)) return [];
  const cell = last.cells[width - 1] ?? "";
  const isClosed = quote !== "" && text.endsWith(quote);
  if (isClosed || saysNothing(cell) !== (cell.trim() === "") || !text.trimEnd().endsWith(cell.trimEnd())) return [];
  const rows = body.slice(-1 - ROWS, -1);
  const others = rows.map(({ cells }) => cells[width - 1] ?? "").filter((other) => other !== "");
  const isDoubtful =
    cell === ""
      ? lacksQuote(text, quote) || (others.length >= leastFilled(others) && others.length === rows.length)
      : lacksQuote(text, quote) ||
        isOpen(cell) ||
        (others.length >= FEW && DOUBTS.some((isUnlike) => isUnlike(cell, others)));
  return isDoubtful
    ? [
        warning(
          "cut_off",
          last.line,
          `line ${last.line} has no line end and its last cell is unlike its column: the file may be cut off there: ${excerpt(cell)}`,
          width,
        ),
      ]
    : [];
}

/** How many others, all filled, make a last cell of nothing doubtful: figures are seldom left out. */
const leastFilled = ([other = ""]: readonly string[]): number => (isFigure(cellKind(other)) ? SOME : 2 * SOME);

/** Whether the lines above end with a quote each, and the last doesn't. */
function lacksQuote(text: string, quote: string): boolean {
  const ends = text
    .slice(-TAIL)
    .split(/\r\n|\n|\r/)
    .slice(1, -1);
  return quote !== "" && ends.length >= FEW && ends.every((line) => line.endsWith(quote));
}

/** Whether a bracket is opened and not closed. */
const isOpen = (cell: string): boolean =>
  ["()", "[]", "{}"].some((pair) => cell.lastIndexOf(pair.charAt(0)) > cell.lastIndexOf(pair.charAt(1)));

/** Ways in which a cell that isn't empty may be less than those above it. */
const DOUBTS: ReadonlyArray<(cell: string, others: readonly string[]) => boolean> = [
  lacksDecimals,
  isShorterThanEach,
  isOfOtherKind,
  isPieceOfKnown,
  (cell, others) => lacksEnd(cell, others, /[.!?…]$/, SOME),
  (cell, others) => lacksEnd(cell, others, /[%€$£]$/, FEW),
  (cell, others) => endsAlone(cell, others, /[,;\t|]$/),
  (cell, others) => endsAlone(cell, others, / $/),
];

const lacksEnd = (cell: string, others: readonly string[], end: RegExp, least: number): boolean =>
  others.length >= least && !end.test(cell) && others.every((other) => end.test(other));

const endsAlone = (cell: string, others: readonly string[], end: RegExp): boolean =>
  end.test(cell) && !others.some((other) => end.test(other));

const decimalsOf = (text: string): number => /[.,](\d+)\D*$/.exec(text)?.[1]?.length ?? 0;

/** Whether all others have as many decimals, more than the cell; programs that drop zeros at the end have such cells too. */
function lacksDecimals(cell: string, others: readonly string[]): boolean {
  const decimals = decimalsOf(others[0] ?? "");
  const own = decimalsOf(cell);
  if (decimals < 2 || own >= decimals || others.some((other) => decimalsOf(other) !== decimals)) return false;
  const hasZeros = others.some((other) => /[.,]\d*0\D*$/.test(other));
  return hasZeros || others.length >= (own === 0 ? SOME : MANY);
}

/** Whether all others have some decimals, as many as the cell: none of its end is lost. */
const hasAllDecimals = (cell: string, others: readonly string[]): boolean =>
  decimalsOf(cell) > 0 && others.every((other) => decimalsOf(other) === decimalsOf(cell));

/** Whether all others are of one length, or twice as long at least. */
function isShorterThanEach(cell: string, others: readonly string[]): boolean {
  if (hasAllDecimals(cell, others)) return false;
  const lengths = others.map(({ length }) => length);
  const least = Math.min(...lengths);
  if (cell.length >= least) return false;
  const isFixed = least >= 4 && least === Math.max(...lengths);
  const areNumbers = others.every((other) => /^[1-9.,%]/.test(other) && cellKind(other) === "number");
  if (isFixed && (!areNumbers || others.length >= 2 * SOME)) return true;
  return 2 * cell.length <= least && others.length >= SOME && isFigure(cellKind(others[0] ?? ""));
}

/** Whether all others are dates, times, links or numbers, and the cell isn't. */
function isOfOtherKind(cell: string, others: readonly string[]): boolean {
  const kind = cellKind(others[0] ?? "");
  return isFigure(kind) && cellKind(cell) !== kind && others.every((other) => cellKind(other) === kind);
}

/** Whether the column repeats a few texts, of which the cell is a beginning and none. */
function isPieceOfKnown(cell: string, others: readonly string[]): boolean {
  const known = new Set(others);
  return (
    !known.has(cell) &&
    !isFigure(cellKind(cell)) &&
    2 * known.size <= others.length &&
    [...known].some((other) => other.startsWith(cell))
  );
}
