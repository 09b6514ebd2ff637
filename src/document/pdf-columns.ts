import type { TableCell, TableColumn } from "./document.ts";
import { emWidth } from "./pdf-font.ts";

/** A row of a table; from column `from` on, words may stand in the place of cells. */
export interface SpannedRow {
  readonly cells: readonly TableCell[];
  readonly words?: string;
  readonly from: number;
}

/** What a column needs, in em of the table's text. */
interface Need {
  /** Widest word; a number never breaks. */
  readonly least: number;
  /** Widest cell on one line, the header on so many lines as asked. */
  readonly ease: number;
}

/** Space between columns, and before words across them, in em. */
const GAP = 1.5;
const WORDS_INDENT = 3;
/** Headers longer than this take another line whatever the room. */
const LONG_HEADER = 14;
/** No number is longer than this; words in its place take as much, and less where headers must break. */
const LONG_NUMBER = 16;
/** Longer words are broken. */
const LONG_WORD = 12;

/**
 * Shares of a table's width, one a column, that sum to 1: each column gets what its longest word needs, then what its
 * cells would like. Of what is left half goes to the first column, so that names and numbers stay near, unless words
 * that stand in for numbers need it.
 * @param width room in em of the table's text
 * @returns shares and, where even the longest words don't fit, the factor by which the text shrinks
 */
export function columnShares(
  columns: readonly TableColumn[],
  rows: readonly SpannedRow[],
  width: number,
): { readonly shares: readonly number[]; readonly scale: number } {
  const needed = (lines: number): readonly Need[] =>
    columns.map((column, index) => needOf(column, index, rows, lines, index === columns.length - 1 ? 0 : GAP));
  const needs = [1, 2].map(needed).find((some) => easeOf(some) <= width) ?? needed(3);
  const least = total(needs.map((need) => need.least));
  const ease = easeOf(needs);
  if (least >= width) return { shares: needs.map((need) => need.least / least), scale: Math.max(0.75, width / least) };
  if (ease > width) {
    const stretch = (width - least) / (ease - least);
    return { shares: needs.map((need) => (need.least + (need.ease - need.least) * stretch) / width), scale: 1 };
  }
  const first = columns.length === 1 ? 1 : firstPart(needs, rows, width - ease);
  const others = (1 - first) / Math.max(1, columns.length - 1);
  const slack = width - ease;
  return { shares: needs.map((need, index) => (need.ease + slack * (index === 0 ? first : others)) / width), scale: 1 };
}

/** Part of the slack that the first column takes: half, or less where the words of a row need the room. */
function firstPart(needs: readonly Need[], rows: readonly SpannedRow[], slack: number): number {
  const missing = rows.map(({ words, from }) =>
    words === undefined ? 0 : emWidth(words) + WORDS_INDENT - easeOf(needs.slice(from)),
  );
  return slack === 0 ? 0 : Math.min(0.5, Math.max(0, 1 - Math.max(0, ...missing) / slack));
}

function needOf(column: TableColumn, index: number, rows: readonly SpannedRow[], lines: number, gap: number): Need {
  const cells = rows
    .filter((row) => row.words === undefined || index < row.from)
    .map((row) => row.cells[index] ?? { text: "" });
  const texts = cells.flatMap(({ text, detail = "" }) => [text, detail]);
  const figures = cells.flatMap(({ text, detail = "", marker }) => (marker === undefined ? [text, detail] : []));
  const least = Math.max(
    widest(column.header.split(" ")),
    column.kind === "number"
      ? Math.min(LONG_NUMBER, widest(figures))
      : Math.min(LONG_WORD, widest(texts.flatMap(words))),
  );
  const cell = column.kind === "number" ? Math.min(LONG_NUMBER / lines, widest(texts)) : widest(texts);
  const header = Math.min(LONG_HEADER, emWidth(column.header) / lines);
  return { least: least + gap, ease: Math.max(least, header, cell) + gap };
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(emWidth));

const words = (text: string): readonly string[] => text.split(/[ \u200B-]/);

const easeOf = (needs: readonly Need[]): number => total(needs.map((need) => need.ease));

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
