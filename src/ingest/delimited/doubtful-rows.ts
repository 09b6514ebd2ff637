import { type ReadWarning, warning } from "../files/read-warning.ts";
import { areNames, type CellKind, cellKind, isFigure } from "./cell-kind.ts";
import { columnKinds } from "./csv-header.ts";
import type { CsvLayout } from "./csv-layout.ts";
import type { CsvRecord } from "./csv-parse.ts";
import { isRuleLine, saysNothing } from "./header-evidence.ts";
import { filled, isTalk } from "./table-start.ts";

/** What is doubtful about rows that were kept: names, notes and totals among them. */
export const doubtfulRows = (layout: CsvLayout): readonly ReadWarning[] => [
  ...drawnRows(layout),
  ...namesBelow(layout),
  ...furtherTables(layout),
  ...notesAmong(layout),
  ...totals(layout),
];

/** Lines drawn by signs among the rows. */
const drawnRows = ({ body }: CsvLayout): readonly ReadWarning[] =>
  body
    .filter(isRuleLine)
    .map(({ line }) =>
      warning("note_row", line, `line ${line} is drawn by signs and may be no row; it was kept as one`),
    );

/** Columns that figures or letters may count, and units, or kinds of values, below names. */
const COUNTED = 3;
const IN_BRACKETS = /^(\(.+\)|\[.+\])$/;
const VALUE_KIND =
  /^((var|n)?char|text|string|(big|small)?int(eger)?|float|double|real|decimal|numeric|number|date|(date)?time|timestamp|bool(ean)?)(\(\d+(,\d+)?\))?$/i;

/** A first row that may be the names, since those above only count, or may go on with them by units or kinds of values. */
function namesBelow({ body: [first, ...rows], columns, headerLine }: CsvLayout): readonly ReadWarning[] {
  if (first === undefined || headerLine === null || columns.length < COUNTED) return [];
  const count = (from: number | string): boolean =>
    columns.every((name, i) =>
      typeof from === "number" ? name === String(from + i) : name === String.fromCharCode(from.charCodeAt(0) + i),
    );
  const isCounted = count(0) || count(1) || count("A");
  const isEach = (pattern: RegExp): boolean =>
    first.cells.every((cell) => pattern.test(cell.trim())) && !rows.some(({ cells }) => pattern.test(cells[0] ?? ""));
  return (isCounted && areNames(first.cells)) || isEach(IN_BRACKETS) || isEach(VALUE_KIND) ? [secondHeader(first)] : [];
}

/** A row of names where the columns hold figures may begin another table, or go on with the names; it stays a row, and is reported. */
function furtherTables(layout: CsvLayout): readonly ReadWarning[] {
  const { body, width, columns } = layout;
  const isHeader = ({ cells }: CsvRecord): boolean =>
    cells.some((cell) => cell !== "") && cells.every((cell, i) => cell === columns[i]);
  const repeated = body
    .filter(isHeader)
    .map(({ line }) => warning("repeated_header", line, `line ${line} repeats the header; it was kept as a row`));
  const figures = columnKinds(body, width).flatMap((kind, i) => (kind !== undefined && isFigure(kind) ? [i] : []));
  const second = mayBeUnits(layout, figures) ? [secondHeader(body[0])] : [];
  if (figures.length < 2) return [...repeated, ...(second.length > 0 ? second : loneWords(layout, figures))];
  const isNames = ({ cells }: CsvRecord): boolean =>
    cells.length > 1 &&
    cells.every((cell) => cell !== "" && !isFigure(cellKind(cell))) &&
    figures.some((column) => column < cells.length);
  const others = body
    .filter((record) => isNames(record) && !isHeader(record) && !(second.length > 0 && record === body[0]))
    .map(({ line }) =>
      warning(
        "further_table",
        line,
        `line ${line} holds names where others hold figures: another table may begin there; it was kept as a row`,
      ),
    );
  return [...repeated, ...second, ...others];
}

/** Rows below which a further one of names has to stand. */
const FIRST_ROWS = 3;

const isWord = (cell: string): boolean => !isFigure(cellKind(cell)) && !saysNothing(cell);

/** Whether the row directly below the names has words, and no figure, where columns hold figures: units, in some columns only. */
function mayBeUnits({ body: [first, ...rows], headerRows }: CsvLayout, figures: readonly number[]): boolean {
  if (first === undefined || headerRows === 0 || rows.length < 2) return false;
  if (hasOwnGaps(first, rows)) return true;
  const cells = figures.map((column) => first.cells[column] ?? "");
  return cells.some(isWord) && !cells.some((cell) => isFigure(cellKind(cell)));
}

/** A unit: a short word, or a sign. */
const UNIT = /^\(?[^\d\s]{1,4}\)?$/;

/** Whether a row has no figure and nothing in its first column, which all rows below fill, and units only or another such gap. */
function hasOwnGaps({ cells }: CsvRecord, rows: readonly CsvRecord[]): boolean {
  const gaps = cells.flatMap((cell, i) => (cell === "" ? [i] : []));
  const isFilledBelow = (i: number): boolean => rows.every((row) => (row.cells[i] ?? "") !== "");
  const areUnits = cells.every((cell) => cell === "" || UNIT.test(cell));
  return (
    rows.length >= FIRST_ROWS &&
    gaps[0] === 0 &&
    gaps.length < cells.length &&
    !cells.some((cell) => isFigure(cellKind(cell))) &&
    isFilledBelow(0) &&
    (areUnits || (gaps.length > 1 && gaps.every(isFilledBelow)))
  );
}

/** Words in the one column of figures, in one of the first rows only, may be names. */
function loneWords({ body, headerRows }: CsvLayout, [figure]: readonly number[]): readonly ReadWarning[] {
  if (figure === undefined || headerRows === 0 || body.length <= FIRST_ROWS) return [];
  const isWords = ({ cells }: CsvRecord): boolean =>
    isWord(cells[figure] ?? "") && cells.every((other) => other.trim() !== "");
  const at = body.findLastIndex((record) => isWords(record));
  const record = at < FIRST_ROWS ? body[at] : undefined;
  return record === undefined ? [] : [secondHeader(record)];
}

function secondHeader(record: CsvRecord | undefined): ReadWarning {
  const line = record?.line ?? null;
  return warning(
    "second_header",
    line,
    `line ${line} is unlike the other rows and may belong to the names; it was kept as a row`,
  );
}

/** Whether rows other than the last end with an empty cell. */
const endsOften = (body: readonly CsvRecord[]): boolean =>
  body.slice(0, -1).some(({ cells }) => (cells[1] ?? "").trim() === "");

/** Columns from which on a row of one word is hardly a row, and the share of the rows that notes among them are at most. */
const WIDE = 4;
const MOST_NOTES = 0.1;

/** Rows above the last that have a word only, where the column holds figures or no other row is nearly as empty: pages and remarks, filled up with separators. */
function notesAmong({ body, width }: CsvLayout): readonly ReadWarning[] {
  const [kind] = columnKinds(body, 1);
  const rows = body.slice(0, -1);
  const lone = rows.filter(
    (record) => record.cells.length === width && filled(record) === 1 && isWord(record.cells[0] ?? ""),
  );
  if (width < 3 || lone.length === 0 || lone.length > MOST_NOTES * rows.length) return [];
  const apart = new Set(lone);
  const areFull = width >= WIDE && rows.every((record) => 2 * filled(record) > width || apart.has(record));
  if (!areFull && (kind === undefined || !isFigure(kind))) return [];
  return lone.map(({ line }) =>
    warning("note_row", line, `line ${line} has one filled cell and may be a note; it was kept as a row`),
  );
}

/** Rows above a last one that show what each column holds. */
const ENOUGH = 5;

/** Whether the last row, as wide as the table, has a word in a column where all others that are filled have one kind of figure. */
function hasWordsBelowFigures(body: readonly CsvRecord[], width: number): boolean {
  const last = body.at(-1);
  if (last?.cells.length !== width || width < 2) return false;
  const rows = body.slice(0, -1);
  return last.cells.some((word, column) => isWord(word) && holdsFiguresOnly(rows, column));
}

/** Whether enough cells of a column are filled, and each of them by the same kind of figure. */
function holdsFiguresOnly(rows: readonly CsvRecord[], column: number): boolean {
  let kind: CellKind | undefined;
  let filledCells = 0;
  for (const { cells } of rows) {
    const own = cellKind(cells[column] ?? "");
    if (own === "empty") continue;
    if (!isFigure(own) || (kind !== undefined && own !== kind)) return false;
    kind = own;
    filledCells++;
  }
  return filledCells > ENOUGH;
}

/** Whether the one filled cell of a row is a figure or a code as its column's are, and counts on from them or stands below other such rows. */
function isUsualGap(row: CsvRecord, others: readonly CsvRecord[]): boolean {
  const [kind] = columnKinds(others, 1);
  const isKey = kind === "code" || (kind !== undefined && isFigure(kind));
  const [before = Number.NaN, above = Number.NaN, key] = [...others.slice(-2), row].map(({ cells }) =>
    Number(cells[0]),
  );
  const countsOn = above !== before && key === 2 * above - before;
  return isKey && cellKind(row.cells[0] ?? "") === kind && (countsOn || others.some((other) => filled(other) === 1));
}

const TOTAL =
  /^(grand |sub-?|sous-?|sub)?(total|totaux|totaal|totalen|somme|som|sum)( (général|generale?|algemeen))?\s*:?$/i;

/** Whether a cell says that its row is a total. */
export const namesTotal = (cells: readonly string[]): boolean => cells.some((cell) => TOTAL.test(cell.trim()));

/** A last row that names a total, or may be a note filled up with separators, is a row all the same, and is reported. */
function totals({ body, width }: CsvLayout): readonly ReadWarning[] {
  const last = body.at(-1);
  if (last === undefined) return [];
  if (namesTotal(last.cells))
    return [warning("total_row", last.line, `line ${last.line} may be a total, not a row; it was kept`)];
  if (body.length > FIRST_ROWS && isTalk(last, body.slice(0, -1)))
    return [warning("note_row", last.line, `line ${last.line} may be a note, not a row; it was kept`)];
  if (hasWordsBelowFigures(body, width))
    return [
      warning(
        "note_row",
        last.line,
        `line ${last.line} holds words where all others hold figures; it was kept as a row`,
      ),
    ];
  if (
    last.cells.length < 2 ||
    filled(last) > 1 ||
    (width === 2 && endsOften(body)) ||
    (last.cells[0] ?? "").trim() === "" ||
    isUsualGap(last, body.slice(0, -1))
  )
    return [];
  return [
    warning("note_row", last.line, `line ${last.line} has one filled cell and may be a note; it was kept as a row`),
  ];
}
