import { type } from "../theme.ts";
import { type ColumnWidths, GAP, type SpannedRow, WORDS_INDENT } from "./pdf-columns.ts";
import { emWidth, leastEmWidth, printable } from "./pdf-font.ts";

/** Lines of a cell's text and of the detail below it. */
export type CellLines = readonly [text: number, detail: number];

/** Details and headers are set in smaller letters than the cells. */
const SMALL = type.note.printSize / type.table.printSize;

/**
 * The lines that a row's cells surely take, those that one cell has the most of: a row is as high as the highest of them.
 * None where a cell isn't sure. Texts are judged as the font sets them.
 * @param width of the table, in em of its text
 */
export function sureLines(
  { cells, words, from }: SpannedRow,
  columns: ColumnWidths,
  width: number,
): readonly CellLines[] {
  const own = cells.slice(0, from).map(({ text, detail = "" }, index) => {
    const room = roomOf(columns, width, index);
    const mayBreak = columns.hyphenate[index] ?? false;
    return sureCell(textLines(text, room, mayBreak), textLines(detail, room / SMALL, mayBreak));
  });
  const last = columns.shares.length - 1;
  const across = roomOf(columns, width, from, last) - WORDS_INDENT / columns.scale;
  const all = from > last ? own : [...own, sureCell(textLines(words ?? "", across, false), 0)];
  const sure = all.filter((lines) => lines !== undefined);
  if (sure.length < all.length || sure.every(([text]) => text === 0)) return [];
  return sure.filter(
    ([text, detail], i) =>
      !sure.some(
        (other, j) => other[0] >= text && other[1] >= detail && (j < i || other[0] + other[1] > text + detail),
      ),
  );
}

/** The same of the name of a group of rows, which stands across the table in smaller letters. */
export function sureGroup(group: string, { scale }: ColumnWidths, width: number): readonly CellLines[] {
  const lines = textLines(group, width / scale / SMALL, false);
  return lines === undefined || lines === 0 ? [] : [[lines, 0]];
}

/** Lines that the headers surely take; 0 where that isn't sure. */
export function sureHeader(headers: readonly string[], columns: ColumnWidths, width: number): number {
  const lines = headers.map((header, index) =>
    textLines(header, roomOf(columns, width, index) / SMALL, columns.hyphenate[index] ?? false),
  );
  return lines.includes(undefined) ? 0 : Math.max(0, ...lines.map((some) => some ?? 0));
}

/** A detail below no text isn't sure. */
function sureCell(text: number | undefined, detail: number | undefined): CellLines | undefined {
  if (text === undefined || detail === undefined || (text === 0 && detail > 0)) return undefined;
  return [text, detail];
}

/** Room of a column, or of several beside each other, in em of the table's text at its size. */
function roomOf({ shares, scale }: ColumnWidths, width: number, first: number, last = first): number {
  const share = shares.slice(first, last + 1).reduce((sum, own) => sum + own, 0);
  return (width * share) / scale - (last >= shares.length - 1 ? 0 : GAP);
}

/** Room for kerning that widens a word, and for what narrows it. */
const MOST = 1.03;
const LEAST = 0.94;

/**
 * Lines that a text surely takes: as many where its words are rather too wide and break at plain spaces alone as where
 * they are rather too narrow and break beside every sign. Undefined where these differ; 0 of nothing.
 */
function textLines(given: string, room: number, mayBreak: boolean): number | undefined {
  const text = printable(given).trim();
  if (text === "") return 0;
  if (MOST * emWidth(text) <= room) return 1;
  if (!/^[\p{Script=Latin}\p{Nd}\p{P}\p{S}\p{Zs}]*$/u.test(text)) return undefined;
  const words = text
    .split(/(?<=[\p{L}\p{Nd},.;:)%])( )(?=[\p{L}\p{Nd}(])/u)
    .map((word) => pieceOf(word, MOST * emWidth(word)));
  // a word that no line has room for breaks somewhere, or stands out
  if (words.some(({ width }) => width > room)) return undefined;
  const signs = (mayBreak ? [...text] : (text.match(/[\p{L}\p{Nd}]+|[^\p{L}\p{Nd}]/gu) ?? [])).map((sign) =>
    pieceOf(sign, LEAST * leastEmWidth(sign)),
  );
  const most = filled(words, room);
  return most === filled(signs, room) ? most : undefined;
}

/** What is never broken: a word or a sign, or a blank between two. */
interface Piece {
  readonly width: number;
  readonly isBlank: boolean;
}

const pieceOf = (text: string, width: number): Piece => ({ width, isBlank: text.trim() === "" });

/** Lines that pieces fill, each as full as can be; blanks at a line's end take no room. */
function filled(pieces: readonly Piece[], room: number): number {
  let [lines, used, blank] = [1, 0, 0];
  for (const { width, isBlank } of pieces) {
    if (isBlank) blank += width;
    else if (used === 0 || used + blank + width <= room) [used, blank] = [used + blank + width, 0];
    else [lines, used, blank] = [lines + 1, width, 0];
  }
  return lines;
}
