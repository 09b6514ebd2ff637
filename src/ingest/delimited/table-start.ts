import { cellKind, isFigure } from "./cell-kind.ts";
import { columnKinds, mayName, provesNames, trimmedWidth } from "./csv-header.ts";
import type { CsvRecord } from "./csv-parse.ts";
import { countOn } from "./header-evidence.ts";

/** Rows above a blank line that a title or a few facts about the file take. */
const MOST_TITLES = 3;

const EMPTY: CsvRecord = { line: 0, lines: 0, cells: [], faults: [] };

/** Blank, or of separators only. */
export const isEmpty = ({ cells }: CsvRecord): boolean => cells.every((cell) => cell.trim() === "");
/** How many cells of a record hold anything. */
export const filled = ({ cells }: CsvRecord): number => cells.filter((cell) => cell.trim() !== "").length;

/** Index of the record the table begins with: the header, also where it has a cell too many or too few. */
export function tableStart(records: readonly CsvRecord[], width: number, isHeaderSaid: boolean): number {
  const first = records.findIndex(({ cells }) => cells.length === width);
  if (first < 0 || width === 1) return 0;
  const start = width >= 3 ? behindTitles(records, first, width, isHeaderSaid) : behindHalfTitles(records, first);
  const above = records[start - 1];
  if (above === undefined || above.cells.length === width) return start + titlesOf(records.slice(start), width);
  const below = records.slice(start);
  const names = looksLikeData(below[0]) ? namesAboveRagged(records, start, width) : undefined;
  if (names !== undefined) return names;
  const isHeader =
    above.cells.length >= Math.max(2, width / 2) &&
    (above.cells.every((cell) => !isFigure(cellKind(cell))) || countOn(above, below));
  return isHeader && (looksLikeData(below[0]) || namesAll(above, below) || namesNearlyAll(above, below, width))
    ? start - 1
    : start;
}

/**
 * How many records of a table's width stand above its names as a title or facts about the file: those that a blank line,
 * or blanks behind each of their separators, set apart from names which the rows below prove to be some.
 */
function titlesOf(records: readonly CsvRecord[], width: number): number {
  for (let count = 1; count <= MOST_TITLES && 2 * count < records.length; count++) {
    const [above, names] = [records[count - 1], records[count]];
    if (above === undefined || names === undefined || names.cells.length !== width) return 0;
    const rows = records.slice(count + 1);
    const isApart = names.line > above.line + above.lines || (count === 1 && isTalk(above, records.slice(1)));
    if (isApart && filled(names) === width && provesNames(names, rows, width)) return count;
  }
  return 0;
}

/** Index of names that stand above rows of other widths, one directly below the other, down to the first row of the usual one. */
function namesAboveRagged(records: readonly CsvRecord[], start: number, width: number): number | undefined {
  const isWide = ({ cells }: CsvRecord): boolean => cells.length >= Math.max(3, width / 2);
  for (let at = start - 1; at >= 0; at--) {
    const [record, next] = records.slice(at, at + 2);
    if (record === undefined || next === undefined || !isWide(record)) return undefined;
    if (next.line > record.line + record.lines) return undefined;
    if (!looksLikeData(record))
      return record.cells.every((cell) => cell.trim() !== "") && !isTalk(record, records.slice(at + 1))
        ? at
        : undefined;
  }
  return undefined;
}

/** Whether every cell but the first begins with a blank, as no other record's do: its separators are those of a sentence. */
export function isTalk({ cells }: CsvRecord, others: readonly CsvRecord[]): boolean {
  const begins = (cell: string): boolean => cell.startsWith(" ");
  const [, ...more] = cells.filter((cell) => cell !== "");
  return more.length > 0 && more.every(begins) && !others.some((other) => other.cells.slice(1).some(begins));
}

/** Whether a line directly above rows of text has a name too few or too many, and is no sentence. */
function namesNearlyAll(above: CsvRecord, [first, ...rows]: readonly CsvRecord[], width: number): boolean {
  if (first === undefined || first.line > above.line + above.lines) return false;
  const names = filled(above);
  return (
    names >= 2 &&
    names >= width - 1 &&
    Math.abs(above.cells.length - width) === 1 &&
    !isTalk(above, [first, ...rows]) &&
    !provesNames(first, rows, width)
  );
}

/** Whether a line has as many filled cells, and no gap, as the rows below it use: only its or their separators at the end are too many. */
function namesAll({ cells }: CsvRecord, rows: readonly CsvRecord[]): boolean {
  const named = trimmedWidth(cells);
  return (
    named > 1 &&
    cells.slice(0, named).every((cell) => cell.trim() !== "") &&
    rows.reduce((most, row) => Math.max(most, trimmedWidth(row.cells)), 0) === named
  );
}

/** Titles that were filled up with separators, and rows of separators behind them, stand above a row that is nearly full. */
function behindTitles(records: readonly CsvRecord[], first: number, width: number, isHeaderSaid: boolean): number {
  let start = first;
  while (start < records.length && isSparse(records[start], width)) start++;
  const header = records[start];
  if (header === undefined || header.cells.length < width || filled(header) <= (2 * usedColumns(records, width)) / 3)
    return first;
  return isLoneName(records[start - 1], isHeaderSaid) && !mayName(header, records.slice(start + 1), width)
    ? start - 1
    : start;
}

/** Columns in which any of the first rows has something. */
const usedColumns = (records: readonly CsvRecord[], width: number): number =>
  Array.from({ length: width }, (_, i) =>
    records.slice(0, 200).some(({ cells }) => (cells[i] ?? "").trim() !== ""),
  ).filter(Boolean).length;

/** Whether a sparse line may be names, most of them lost: none in front, or a header was told. */
const isLoneName = (record: CsvRecord | undefined, isHeaderSaid: boolean): boolean =>
  record !== undefined && !isEmpty(record) && (isHeaderSaid || (record.cells[0] ?? "").trim() === "");

/** In a table of two columns a title has one cell, names above figures two. */
function behindHalfTitles(records: readonly CsvRecord[], first: number): number {
  let start = first;
  while (start < records.length && filled(records[start] ?? EMPTY) < 2) start++;
  const names = records[start];
  const kinds = columnKinds(records.slice(start + 1), 2);
  const isHeader = names?.cells.every((cell) => !isFigure(cellKind(cell))) === true;
  return isHeader && kinds.some((kind) => kind !== undefined && isFigure(kind)) ? start : first;
}

/** Whether a record fills a third of the table's columns at most. */
export const isSparse = (record: CsvRecord | undefined, width: number): boolean =>
  record !== undefined && filled(record) <= width / 3;

const looksLikeData = (record: CsvRecord | undefined): boolean =>
  record?.cells.some((cell) => isFigure(cellKind(cell))) === true;
