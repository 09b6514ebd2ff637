import { closest } from "../../closest.ts";
import { UserError } from "../../user-error.ts";
import { type PartReader, readParts } from "./xlsx-parts.ts";
import { type CellRange, columnOf, rangeOf } from "./xlsx-ranges.ts";
import { isoText, numberText } from "./xlsx-values.ts";
import { readWorkbook, unescaped, type Workbook, XLSX_LIMITS, type XlsxLimits } from "./xlsx-workbook.ts";
import { attributeOf, xmlReader } from "./xml-events.ts";

/** Further merged cells are not kept: no header has so many. */
const MOST_MERGED = 100_000;
/** Further errors are not told one by one. */
const MOST_ERRORS = 1000;
/** Columns further to the right are hidden for tidiness: they hold nothing. */
const MOST_HIDDEN = 1000;

/**
 * A row as text, empty cells as empty texts: stored values and not what is shown, but for dates (ISO) and durations.
 */
export interface XlsxRow {
  /** The sheet's row number. */
  readonly row: number;
  readonly cells: readonly string[];
  /** A formula in it has no stored value and was read as empty. */
  readonly uncomputed?: true;
}

/** A cell's place, from 1. */
interface SheetCell {
  readonly row: number;
  readonly column: number;
}

/** Cells of one column from a row to another, those between that hold no number aside. */
interface SheetStretch extends SheetCell {
  readonly lastRow: number;
}

/** What the workbook says before any row is read. */
export interface XlsxSheet {
  readonly name: string;
  readonly others: readonly string[];
  /** Cells with a formula that has no stored value, which were read as empty. */
  readonly uncomputed: readonly SheetCell[];
  /** Cells that hold an error, as #DIV/0!. */
  readonly errors: readonly SheetCell[];
  /** Where a column's numbers are shown as percentages: the numbers themselves were read. */
  readonly percentages: readonly SheetStretch[];
  /** Ranges of cells that were merged into one, whose text is in the first. */
  readonly merged: readonly CellRange[];
  /** Rows that the sheet doesn't show; they were read. */
  readonly hiddenRows: readonly number[];
  /** Columns that the sheet doesn't show, from 1; they were read. */
  readonly hiddenColumns: readonly number[];
}

/** What a sheet's reader notes beside its rows. */
interface SheetNotes {
  readonly uncomputed: SheetCell[];
  readonly errors: SheetCell[];
  readonly percentages: SheetStretch[];
  readonly merged: CellRange[];
  readonly hiddenRows: number[];
  readonly hiddenColumns: number[];
}

/**
 * Reads one sheet of a workbook row by row, never holding more than the shared strings and a row.
 * @throws UserError when it isn't a sound workbook, has no such sheet, or passes a limit while it is unpacked
 */
export async function readSheet(
  path: string,
  label: string,
  wanted: string | undefined,
  onRow: (row: XlsxRow) => void,
  limits: XlsxLimits = XLSX_LIMITS,
): Promise<XlsxSheet> {
  const workbook = await readWorkbook(path, label, limits);
  const shown = workbook.sheets.find(({ isHidden }) => !isHidden) ?? workbook.sheets[0];
  const sheet = wanted === undefined ? shown : workbook.sheets.find(({ name }) => name === wanted);
  const names = workbook.sheets.map(({ name }) => name);
  if (sheet === undefined) throw new UserError(`${label} has no sheet '${wanted}'; ${closest(wanted ?? "", names)}`);
  const notes: SheetNotes = {
    uncomputed: [],
    errors: [],
    percentages: [],
    merged: [],
    hiddenRows: [],
    hiddenColumns: [],
  };
  const reader = sheetReader(label, workbook, onRow, notes, limits);
  await readParts(path, label, (part) => (part === sheet.part ? reader : undefined));
  return { name: sheet.name, others: names.filter((name) => name !== sheet.name), ...notes };
}

function sheetReader(
  label: string,
  workbook: Workbook,
  onRow: (row: XlsxRow) => void,
  { uncomputed, errors, percentages, merged, hiddenRows, hiddenColumns }: SheetNotes,
  limits: XlsxLimits,
): PartReader {
  const percent = stretches(percentages);
  let row = 0;
  let cells: string[] = [];
  let column = 0;
  let type = "";
  let style = 0;
  let value: string | undefined;
  let formula = false;
  let reading = false;
  let count = 0;
  return xmlReader(label, {
    open: (name, attributes) => {
      if (name === "row") {
        row = Number(attributeOf(attributes, "r") ?? row + 1);
        cells = [];
        column = 0;
        if (isSet(attributes, "hidden")) hiddenRows.push(row);
      } else if (name === "col") {
        if (isSet(attributes, "hidden")) hiddenColumns.push(...columnsOf(attributes));
      } else if (name === "c") {
        column = columnOf(attributeOf(attributes, "r")) ?? column + 1;
        type = attributeOf(attributes, "t") ?? "n";
        style = Number(attributeOf(attributes, "s") ?? 0);
        value = undefined;
        formula = false;
        if (++count > limits.cells || column > 16_384)
          throw new UserError(`${label} has more cells than a sheet can honestly have; send it as CSV`);
      } else if (name === "mergeCell") {
        const range = rangeOf(attributeOf(attributes, "ref"));
        if (range !== undefined && merged.length < MOST_MERGED) merged.push(range);
      } else if (name === "f") formula = true;
      else if (name === "v" || name === "t") {
        reading = true;
        value ??= "";
      }
    },
    close: (name) => {
      if (name === "v" || name === "t") reading = false;
      else if (name === "c") {
        if (formula && (value === undefined || (value === "" && type !== "str"))) uncomputed.push({ row, column });
        if (type === "e" && errors.length < MOST_ERRORS) errors.push({ row, column });
        if (value === undefined || value === "") return;
        while (cells.length < column - 1) cells.push("");
        cells[column - 1] = cellText(value, type, style, workbook);
        if (type === "n") percent(row, column, workbook.shown.get(style) === "percentage");
      } else if (name === "row" && (uncomputed.at(-1)?.row === row || cells.some((cell) => cell !== "")))
        onRow(uncomputed.at(-1)?.row === row ? { row, cells, uncomputed: true } : { row, cells });
    },
    text: (text) => {
      if (reading) value = (value ?? "") + text;
    },
  });
}

/** Notes number by number whether it is one of a kind, and adds each stretch of a column that is. */
function stretches(found: SheetStretch[]): (row: number, column: number, isOne: boolean) => void {
  const open = new Map<number, number>();
  return (row, column, isOne) => {
    const at = open.get(column);
    const stretch = at === undefined ? undefined : found[at];
    if (!isOne) open.delete(column);
    else if (at !== undefined && stretch !== undefined) found[at] = { ...stretch, lastRow: row };
    else if (found.length < MOST_ERRORS) open.set(column, found.push({ row, column, lastRow: row }) - 1);
  };
}

const isSet = (attributes: string, name: string): boolean => /^(1|true)$/.test(attributeOf(attributes, name) ?? "");

/** The columns of a `col` element; those behind all columns that a sheet of ours may have are none. */
function columnsOf(attributes: string): readonly number[] {
  const from = Number(attributeOf(attributes, "min") ?? 0);
  const to = Math.min(Number(attributeOf(attributes, "max") ?? 0), MOST_HIDDEN);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

function cellText(value: string, type: string, style: number, workbook: Workbook): string {
  if (type === "s") return workbook.strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "true" : "false";
  if (type === "d") return isoText(value);
  if (type !== "n") return unescaped(value);
  return numberText(value, workbook.shown.get(style), workbook.date1904);
}
