import type { TableCell, TableColumn } from "./document.ts";
import { emWidth } from "./pdf-font.ts";

/** A row of a table; from column `from` on, words may stand in the place of cells. */
export interface SpannedRow {
  readonly cells: readonly TableCell[];
  readonly words?: string;
  readonly from: number;
}

/** What a column needs, in em of the table's text; `least` and `ease` with the space to the next column. */
interface Need {
  /** Widest word. */
  readonly word: number;
  /** Widest number, or piece of a word that is not broken. */
  readonly least: number;
  /** Widest cell on one line, the header on so many lines as asked. */
  readonly ease: number;
}

/** Space between columns, and before words across them, in em. */
export const GAP = 1.5;
export const WORDS_INDENT = 3;
/** Headers are smaller and lighter than the cells that widths are measured by. */
const HEADER = 0.92;
/** Headers longer than this take another line whatever the room. */
const LONG_HEADER = 14;
/** No number is longer than this; words in its place take as much, and less where headers must break. */
const LONG_NUMBER = 16;

/** Where there is room, words in a number's place take no more lines. */
const WORDS_LINES = 3;

/** How tightly a table is set: the lines its headers take, and the longest piece of a word that is not broken, in em. */
interface Fit {
  readonly lines: number;
  readonly word: number;
}

const FITS: readonly Fit[] = [
  { lines: 1, word: 12 },
  { lines: 2, word: 12 },
  { lines: 3, word: 12 },
  { lines: 3, word: 9 },
];
const TIGHT: Fit = { lines: 3, word: 6 };

/** How a table is fitted to the page: measured in the font that the PDF embeds. */
export interface ColumnWidths {
  /** Parts of the table's width, one a column, that sum to 1. */
  readonly shares: readonly number[];
  /** Columns with a word that does not fit whole. */
  readonly hyphenate: readonly boolean[];
  /** Factor by which the text shrinks where even pieces of words don't fit. */
  readonly scale: number;
}

/**
 * Widths of a table's columns: each gets what its longest word needs, then what its cells would like. Of what is left
 * half goes to the first column, so that names and numbers stay near, unless words that stand in for numbers need it.
 * @param width room in em of the table's text
 */
export function columnWidths(
  columns: readonly TableColumn[],
  rows: readonly SpannedRow[],
  width: number,
): ColumnWidths {
  const gap = (index: number): number => (index === columns.length - 1 ? 0 : GAP);
  const columnTexts = columns.map((column, index) => widestOf(column, index, rows));
  const needed = (fit: Fit): readonly Need[] => columnTexts.map((texts, index) => needOf(texts, fit, gap(index)));
  const roomy = FITS.map(needed);
  const needs =
    roomy.find((some) => easeOf(some) <= width) ?? roomy.find((some) => leastOf(some) <= width) ?? needed(TIGHT);
  const scale = Math.min(1, Math.max(0.75, width / leastOf(needs)));
  const shares = sharesOf(needs, rows, width);
  const hyphenate = needs.map(({ word }, index) => word * scale > (shares[index] ?? 0) * width - gap(index) + 1e-9);
  return { shares, hyphenate, scale };
}

function sharesOf(needs: readonly Need[], rows: readonly SpannedRow[], width: number): readonly number[] {
  const least = leastOf(needs);
  const ease = easeOf(needs);
  if (least >= width) return needs.map((need) => need.least / least);
  const slack = width - ease;
  const stretch = (width - least) / (ease - least);
  if (slack < 0) return needs.map((need) => (need.least + (need.ease - need.least) * stretch) / width);
  const first = needs.length === 1 ? 1 : firstPart(needs, rows, slack);
  const others = (1 - first) / Math.max(1, needs.length - 1);
  return needs.map((need, index) => (need.ease + slack * (index === 0 ? first : others)) / width);
}

/** Part of the slack that the first column takes: half, or less where the words of a row need the room. */
function firstPart(needs: readonly Need[], rows: readonly SpannedRow[], slack: number): number {
  const missing = rows.map(({ words, from }) =>
    words === undefined ? 0 : emWidth(words) + WORDS_INDENT - easeOf(needs.slice(from)),
  );
  return slack === 0 ? 0 : Math.min(0.5, Math.max(0, 1 - Math.max(0, ...missing) / slack));
}

/** Widths of a column's longest texts, in em. */
interface Widest {
  readonly isNumber: boolean;
  readonly header: number;
  /** A word of the header, or of a cell that isn't a number. */
  readonly word: number;
  readonly text: number;
  /** A text that no words stand for. */
  readonly figure: number;
}

function widestOf(column: TableColumn, index: number, rows: readonly SpannedRow[]): Widest {
  const cells = rows
    .filter((row) => row.words === undefined || index < row.from)
    .map((row) => row.cells[index] ?? { text: "" });
  const isNumber = column.kind === "number";
  const texts = cells.flatMap(({ text, detail = "" }) => [text, detail]);
  const figures = cells.flatMap(({ text, detail = "", marker }) => (marker === undefined ? [text, detail] : []));
  return {
    isNumber,
    header: HEADER * emWidth(column.header),
    word: Math.max(HEADER * widest(words(column.header)), isNumber ? 0 : widest(texts.flatMap(words))),
    text: widest(texts),
    figure: isNumber ? widest(figures) : 0,
  };
}

function needOf({ isNumber, header, word, text, figure }: Widest, fit: Fit, gap: number): Need {
  const least = Math.max(Math.min(fit.word, word), Math.min(LONG_NUMBER, figure));
  const cell = isNumber ? Math.max(Math.min(LONG_NUMBER / fit.lines, text), text / WORDS_LINES) : text;
  const heading = Math.min(LONG_HEADER, header / fit.lines);
  return { word, least: least + gap, ease: Math.max(least, heading, cell) + gap };
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(emWidth));

/** Where a line may break; a hyphen inside a header or a cell is no such place, so that `p-value` stays whole. */
const words = (text: string): readonly string[] => text.split(/[ \u200B]/);

const leastOf = (needs: readonly Need[]): number => needs.reduce((sum, need) => sum + need.least, 0);

const easeOf = (needs: readonly Need[]): number => needs.reduce((sum, need) => sum + need.ease, 0);
