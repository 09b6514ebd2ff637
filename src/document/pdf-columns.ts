import type { TableColumn, TableRow } from "./document.ts";
import { emWidth } from "./pdf-font.ts";

/** What a column needs, in em of the table's text. */
interface Need {
  /** Widest word; a number never breaks. */
  readonly least: number;
  /** Widest cell on one line; headers may take two. */
  readonly ease: number;
}

/** Space between columns, and before words across them, in em. */
const GAP = 1.5;
const WORDS_INDENT = 3;

/**
 * Shares of a table's width, one a column, that sum to 1: each column gets what its longest word needs, then what its
 * cells would like. Of what is left half goes to the first column, so that names and numbers stay near, unless words
 * that stand in for numbers need it.
 * @param width room in em of the table's text
 * @returns shares and, where even the longest words don't fit, the factor by which the text shrinks
 */
export function columnShares(
  columns: readonly TableColumn[],
  rows: readonly TableRow[],
  width: number,
): { readonly shares: readonly number[]; readonly scale: number } {
  const needs = columns.map((column, index) => needOf(column, index, rows, index === columns.length - 1 ? 0 : GAP));
  const least = total(needs.map((need) => need.least));
  const ease = total(needs.map((need) => need.ease));
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
function firstPart(needs: readonly Need[], rows: readonly TableRow[], slack: number): number {
  const words = Math.max(0, ...rows.map((row) => (row.words === undefined ? 0 : emWidth(row.words) + WORDS_INDENT)));
  const missing = words - total(needs.slice(1).map((need) => need.ease));
  return slack === 0 ? 0 : Math.min(0.5, Math.max(0, 1 - missing / slack));
}

function needOf(column: TableColumn, index: number, rows: readonly TableRow[], gap: number): Need {
  const cells = rows.filter((row) => row.words === undefined || index === 0).map((row) => row.cells[index]);
  const texts = cells.flatMap((cell) => [cell?.text ?? "", cell?.detail ?? ""]);
  const headerWord = widestWord(column.header);
  const widest = Math.max(0, ...texts.map(emWidth));
  const word = column.kind === "number" ? Math.min(widest, 9) : Math.min(12, Math.max(0, ...texts.map(widestWord)));
  const least = Math.max(headerWord, word);
  return { least: least + gap, ease: Math.max(least, emWidth(column.header) / 2, widest) + gap };
}

const widestWord = (text: string): number => Math.max(0, ...text.split(/[ \u200B-]/).map(emWidth));

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);
