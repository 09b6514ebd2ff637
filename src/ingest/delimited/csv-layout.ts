import { excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { areNames, type CellKind, cellKind, figuresAgree, isFigure } from "./cell-kind.ts";
import { columnKinds, withHeader } from "./csv-header.ts";
import type { CsvRecord } from "./csv-parse.ts";
import { doubtfulRows, namesTotal } from "./doubtful-rows.ts";
import { isRuleLine } from "./header-evidence.ts";
import { filled, isEmpty, isSparse, tableStart } from "./table-start.ts";
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
  return { ...layout, warnings: [...layout.warnings, ...doubtfulRows(layout)] };
}

/** Less the line of dashes that some tools draw below the names. */
function withoutRule(table: readonly CsvRecord[], headerRows: number, warnings: ReadWarning[]): readonly CsvRecord[] {
  const rule = table[headerRows];
  if (headerRows === 0 || rule === undefined || !isRuleLine(rule)) return table;
  warnings.push(warning("rule_line", rule.line, `line ${rule.line} is a line drawn below the names and is left out`));
  return table.toSpliced(headerRows, 1);
}

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
