import { excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { areNames, type CellKind, cellKind, figuresAgree, isFigure } from "./cell-kind.ts";
import { columnKinds, withHeader } from "./csv-header.ts";
import type { CsvRecord } from "./csv-parse.ts";
import { saysNothing } from "./header-evidence.ts";
import { filled, isEmpty, isSparse, isTalk, tableStart } from "./table-start.ts";
import { notesApart } from "./table-tail.ts";

/** What is said about a file's rows instead of being guessed: how many lines lie above the header, how many rows the header takes. */
export interface GivenLayout {
  /** Physical lines to leave out at the beginning. */
  readonly skip?: number;
  /** Physical line of the header's first row. */
  readonly headerRow?: number;
  /** 0: the file has no header. */
  readonly headerRows?: number;
  /** Rows to leave out at the end; 0: none is taken for a footer. */
  readonly footerRows?: number;
}

/** The parts of a file's records; blank lines belong to none, except in tables of one column. */
export interface CsvLayout {
  readonly width: number;
  readonly columns: readonly string[];
  /** Physical line of the header, null without one. */
  readonly headerLine: number | null;
  /** Rows that the header takes. */
  readonly headerRows: number;
  readonly body: readonly CsvRecord[];
  readonly warnings: readonly ReadWarning[];
}

/** Lines of one width above the table that are as many as this are a table of their own, not a title. */
const OWN_TABLE = 5;

/** Of each column the kind that most of its cells have. */
type Kinds = ReadonlyArray<CellKind | undefined>;

/** Names that show by themselves how wide a table is. */
const LEAST_NAMES = 3;

/** Finds the table among the records: what stands above and below it is left out and reported. */
export function layoutOf(records: readonly CsvRecord[], given: GivenLayout = {}): CsvLayout {
  const warnings: ReadWarning[] = [];
  const below = records.filter(({ line }) => line > (given.skip ?? 0));
  const cut = withoutFooterRows(below, given.footerRows ?? 0, warnings);
  const width = tableWidth(cut);
  const kept = width === 1 ? trimBlank(cut, warnings) : withoutBlank(cut, warnings);
  const from =
    given.headerRow === undefined
      ? given.skip === undefined
        ? tableStart(kept, width, (given.headerRows ?? 0) > 0)
        : 0
      : kept.findIndex(({ line }) => line >= (given.headerRow ?? 1));
  const start = from < 0 ? kept.length : from;
  for (const record of kept.slice(0, start)) warnings.push(leftOut("preamble", "above", record));
  const table = withoutRule(kept.slice(start), given.headerRows ?? 1, warnings);
  const end = given.footerRows === undefined ? tableEnd(table, width) : table.length;
  for (const record of table.slice(end)) warnings.push(leftOut("footer", "below", record));
  const layout = withHeader(table.slice(0, end), width, given, warnings);
  return {
    ...layout,
    warnings: [...layout.warnings, ...furtherTables(layout), ...notesAmong(layout), ...totals(layout)],
  };
}

/** Less the line of dashes that some tools draw below the names. */
function withoutRule(table: readonly CsvRecord[], headerRows: number, warnings: ReadWarning[]): readonly CsvRecord[] {
  const rule = table[headerRows];
  if (headerRows === 0 || rule === undefined || !isRuleLine(rule)) return table;
  warnings.push(warning("rule_line", rule.line, `line ${rule.line} is a line drawn below the names and is left out`));
  return table.toSpliced(headerRows, 1);
}

/** Whether every cell is a piece of a line drawn by signs. */
export const isRuleLine = ({ cells }: CsvRecord): boolean =>
  cells.every((cell) => (cells.length > 1 ? /^ *[-=_+:]{2,} *$/ : /^ *[-=_]{4,} *$/).test(cell));

const leftOut = (code: string, where: string, record: CsvRecord): ReadWarning =>
  isEmpty(record)
    ? warning("blank_line", record.line, `line ${record.line} holds separators only and is left out`)
    : warning(
        code,
        record.line,
        `line ${record.line} stands ${where} the table and is left out: ${excerpt(record.cells.join(" "))}`,
      );

const isBlank = ({ cells }: CsvRecord): boolean => cells.length === 1 && (cells[0] ?? "").trim() === "";

/** The width that most rows have; wide rows count for more, since titles and notes have one cell. Of two tables it is the first one's. */
export function tableWidth(records: readonly CsvRecord[]): number {
  const rows = records.filter((record) => !isBlank(record));
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const weight = (width: number, count: number): number => count * (width === 1 ? 0.2 : (width - 1) / width);
  let best = 1;
  let most = -1;
  for (const [width, count] of counts) {
    if (weight(width, count) > most) {
      best = width;
      most = weight(width, count);
    }
  }
  const first = rows.findIndex(({ cells }) => cells.length === best);
  return ownTable(rows.slice(0, first)) ?? namedWidth(rows, first, counts) ?? best;
}

/** The width of names in the first line, where enough rows among those of the usual one have it and none is narrower: texts with separators in them make rows wider. */
function namedWidth(
  [names, ...rows]: readonly CsvRecord[],
  first: number,
  counts: ReadonlyMap<number, number>,
): number | undefined {
  const width = names?.cells.length ?? 0;
  const own = counts.get(width) ?? 0;
  if (names === undefined || first < 1 || width < LEAST_NAMES || width !== Math.min(...counts.keys())) return undefined;
  const isAmong = rows.findLastIndex(({ cells }) => cells.length === width) > first;
  return isAmong && own > 2 && own > rows.length / 10 && areNames(names.cells) ? width : undefined;
}

/** The width of lines that follow each other, if they are enough to be a table. */
function ownTable(rows: readonly CsvRecord[]): number | undefined {
  let from = 0;
  for (const [i, { cells }] of rows.entries()) {
    if (cells.length !== rows[from]?.cells.length) from = i;
    const head = rows[from];
    if (cells.length >= 3 && i - from + 1 >= OWN_TABLE && head !== undefined && filled(head) > cells.length / 2)
      return cells.length;
  }
  return undefined;
}

/** Blank lines around a table of one column may be rows without a value: that they are left out is said. */
function trimBlank(records: readonly CsvRecord[], warnings: ReadWarning[]): readonly CsvRecord[] {
  let from = 0;
  let to = records.length;
  const plainBlank = (record: CsvRecord | undefined): boolean =>
    record !== undefined && isBlank(record) && record.raw === undefined;
  while (from < to && plainBlank(records[from])) from++;
  while (to > from && plainBlank(records[to - 1])) to--;
  for (const { line } of [...records.slice(0, from), ...records.slice(to)])
    warnings.push(warning("blank_line", line, `line ${line} is blank and left out, though it may be a row of nothing`));
  return records.slice(from, to);
}

function withoutBlank(records: readonly CsvRecord[], warnings: ReadWarning[]): readonly CsvRecord[] {
  const lastFilled = records.findLastIndex((record) => !isBlank(record));
  return records.filter((record, i) => {
    if (!isBlank(record)) return true;
    if (i < lastFilled) warnings.push(warning("blank_line", record.line, `line ${record.line} is blank and left out`));
    return false;
  });
}

/** The last rows that hold anything, however many blank lines follow them. */
function withoutFooterRows(
  records: readonly CsvRecord[],
  count: number,
  warnings: ReadWarning[],
): readonly CsvRecord[] {
  if (count === 0) return records;
  const last = records.findLastIndex((record) => !isBlank(record)) + 1;
  const end = Math.max(0, last - count);
  for (const record of records.slice(end, last))
    warnings.push(warning("footer", record.line, `line ${record.line} is left out as told`));
  return records.slice(0, end);
}

/** Index behind the last record of the table: notes below it have few filled cells, and another width or a row of separators above them. */
function tableEnd(records: readonly CsvRecord[], width: number): number {
  if (width === 1) return records.length;
  let end = notesApart(records, width);
  const kinds = columnKinds(records, width);
  const isNote = (record: CsvRecord | undefined, above: CsvRecord | undefined): boolean =>
    record !== undefined &&
    record.cells.length !== width &&
    filled(record) <= Math.max(1, Math.floor(width / 3)) &&
    !(above?.cells.length === width && isRowCutOff(record, above, kinds));
  while (
    end > 1 &&
    (isNote(records[end - 1], records[end - 2]) || (end < records.length && isEmptyRow(records[end - 1])))
  )
    end--;
  if (width < 3) return end;
  let notes = end;
  const mayBeNote = (record: CsvRecord | undefined): boolean =>
    isSparse(record, width) && !isEmptyRow(record) && !fitsFigures(record, kinds);
  while (notes > 1 && mayBeNote(records[notes - 1])) notes--;
  if (notes === 1 || !isEmptyRow(records[notes - 1])) return notes === end ? withoutEmpty(records, end) : end;
  return withoutEmpty(records, notes);
}

/** Whether a line of few cells directly below a whole row begins with what the first column holds, a key and not words, and has figures where columns have them. */
function isRowCutOff(record: CsvRecord, above: CsvRecord, kinds: Kinds): boolean {
  const { line, cells } = record;
  const [kind] = kinds;
  const isKey = cellKind(cells[0] ?? "") === kind && (isFigure(kind) || kind === "code");
  const isDirectlyBelow = above.line + above.lines === line;
  return isDirectlyBelow && isKey && cells.length < kinds.length && !namesTotal(cells) && figuresAgree(cells, kinds, 0);
}

/** Whether a figure of a row stands where the column holds its like, and nothing else where a column holds figures. */
function fitsFigures(record: CsvRecord | undefined, kinds: Kinds): boolean {
  const own = (record?.cells ?? []).map(cellKind);
  const isAt = (i: number): boolean => isFigure(kinds[i] ?? "empty") && own[i] !== "empty";
  return own.some((kind, i) => isAt(i) && kind === kinds[i]) && own.every((kind, i) => !isAt(i) || kind === kinds[i]);
}

const isEmptyRow = (record: CsvRecord | undefined): boolean => record !== undefined && isEmpty(record);

function withoutEmpty(records: readonly CsvRecord[], end: number): number {
  let last = end;
  while (last > 1 && isEmptyRow(records[last - 1])) last--;
  return last;
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
    `line ${line} holds words where others hold figures and may belong to the names; it was kept as a row`,
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
  const areFull = width >= WIDE && rows.every((record) => lone.includes(record) || 2 * filled(record) > width);
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
  return last.cells.some((word, column) => {
    if (!isWord(word)) return false;
    const [kind, ...kinds] = body.slice(0, -1).flatMap(({ cells }) => filledKind(cells[column]));
    return kind !== undefined && kinds.length >= ENOUGH && isFigure(kind) && kinds.every((other) => other === kind);
  });
}

const filledKind = (cell = ""): readonly CellKind[] => (cell.trim() === "" ? [] : [cellKind(cell)]);

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
