import { UserError } from "../../user-error.ts";
import { cellKind, isFigure } from "../delimited/cell-kind.ts";
import { type CsvLayout, type GivenLayout, layoutOf } from "../delimited/csv-layout.ts";
import type { CsvRecord } from "../delimited/csv-parse.ts";
import { withoutFormulas } from "../delimited/formula-text.ts";
import { headerOf, type TextTable } from "../delimited/read-delimited.ts";
import { isNote } from "../delimited/table-tail.ts";
import { type ReadWarning, warning } from "../files/read-warning.ts";
import { type CellRange, rangeText, unmerged } from "./xlsx-ranges.ts";
import { readSheet, type XlsxRow, type XlsxSheet } from "./xlsx-stream.ts";

/** Rows among which a header may stand; merged cells above it that span most of the sheet are titles. */
const HEADER_AMONG = 30;
const TITLE_SHARE = 0.8;

/** A workbook's sheet as a table of text: its header found, merged headers filled to the right, everything left out reported. */
export async function readWorkbook(
  absolute: string,
  path: string,
  settings: GivenLayout & { readonly sheet?: string },
): Promise<TextTable> {
  const rows: XlsxRow[] = [];
  const sheet = await readSheet(absolute, path, settings.sheet, (row) => rows.push(row));
  if (rows.length === 0)
    throw new UserError(
      `${path}, sheet '${sheet.name}' is empty${sheet.others.length === 0 ? "" : `; say which to read (--sheet): ${sheet.others.join(", ")}`}`,
    );
  rows.sort((a, b) => a.row - b.row);
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 1);
  const formulas: ReadWarning[] = [];
  const cellsOf = new Map(rows.map((row) => [row.row, withoutFormulas(row.row, padded(row.cells, width), formulas)]));
  const layout = layoutOfSheet(cellsOf, width, sheet.merged, settings);
  const firstRow = layout.body[0]?.line ?? Number.POSITIVE_INFINITY;
  return {
    dialect: { format: "xlsx", sheet: sheet.name, ...headerOf(layout), width: layout.width },
    columns: layout.columns,
    rows: layout.body.map(({ line, cells }) => (cellsOf.get(line) ?? cells).slice(0, layout.width)),
    places: { lines: layout.body.map(({ line }) => line), rows: layout.body.map(({ line }) => line) },
    warnings: [
      ...(sheet.others.length > 0 && settings.sheet === undefined
        ? [warning("other_sheets", null, `sheet '${sheet.name}' was read; there are also ${sheet.others.join(", ")}`)]
        : []),
      ...sheet.uncomputed.map(({ row, column }) =>
        warning(
          "formula_without_value",
          row,
          `row ${row}, column ${column} has a formula without a stored value; it was read as empty: open the workbook and save it`,
          column,
        ),
      ),
      ...sheet.errors.map(({ row, column }) => {
        const error = cellsOf.get(row)?.[column - 1] ?? "";
        return warning(
          "error_cell",
          row,
          `row ${row}, column ${column} holds the error ${error}; it was kept as text`,
          column,
        );
      }),
      ...sheet.merged
        .filter(({ bottom }) => bottom >= firstRow)
        .map((range) =>
          warning(
            "merged_cells",
            range.top,
            `cells ${rangeText(range)} are merged: their text stands in the first, the others are empty`,
            range.left,
          ),
        ),
      ...sheet.percentages
        .filter(({ lastRow, column }) => lastRow >= firstRow && column <= layout.width)
        .map(({ row, lastRow, column }) =>
          warning(
            "percentage",
            row,
            `column ${column} is shown as percentages ${row === lastRow ? `in row ${row}` : `from row ${row} to ${lastRow}`}; the numbers behind them were read, 0.5 for 50 %`,
            column,
          ),
        ),
      ...hidden(sheet, layout.width),
      ...gaps(layout),
      ...formulas,
      ...layout.warnings,
    ],
  };
}

/** Rows and columns that aren't shown may have been filtered out on purpose: that they were read is said. */
function hidden({ hiddenRows, hiddenColumns }: XlsxSheet, width: number): readonly ReadWarning[] {
  const columns = hiddenColumns.filter((column) => column <= width);
  return [
    ...hiddenRows.map((row) =>
      warning("hidden_row", row, `row ${row} is hidden in the sheet; it was read all the same`),
    ),
    ...columns.map((column) =>
      warning("hidden_column", null, `column ${column} is hidden in the sheet; it was read all the same`, column),
    ),
  ];
}

/** Empty rows between others, which a sheet leaves out, may part two tables. */
const gaps = ({ body }: CsvLayout): readonly ReadWarning[] =>
  body.flatMap(({ line }, i) => {
    const above = body[i - 1]?.line ?? line;
    if (line <= above + 1) return [];
    const said = line === above + 2 ? `row ${above + 1} is empty` : `rows ${above + 1} to ${line - 1} are empty`;
    return [
      warning("blank_line", above + 1, `${said} and left out; what stands below was read as rows of the same table`),
    ];
  });

const padded = (cells: readonly string[], width: number): readonly string[] =>
  Array.from({ length: width }, (_, i) => cells[i] ?? "");

/** Merged cells that aren't titles are filled before the header is looked for; one over names makes a header of two rows. */
function layoutOfSheet(
  cellsOf: ReadonlyMap<number, readonly string[]>,
  width: number,
  merged: readonly CellRange[],
  given: GivenLayout,
): CsvLayout {
  const used = width - emptyColumns(cellsOf, width);
  const spans = merged.filter(
    ({ top, left, right }) => top <= HEADER_AMONG && right - left + 1 <= TITLE_SHARE * Math.max(used, 2),
  );
  const textAt = (row: number, column: number): string => cellsOf.get(row)?.[column - 1] ?? "";
  const records = withGap([...cellsOf], width).map(
    ([line, cells]): CsvRecord => ({
      line,
      lines: 1,
      cells: line <= HEADER_AMONG ? unmerged(line, cells, spans, textAt).slice(0, width) : cells,
      faults: [],
    }),
  );
  const header = mergedHeader(records, spans, width);
  if (header === undefined || given.headerRow !== undefined || given.headerRows !== undefined)
    return layoutOf(records, given);
  const { headerRow, headerRows } = header;
  const layout = layoutOf(records, { ...given, headerRow, headerRows });
  const said = `the header takes ${headerRows} rows, whose names are joined: cells in it are merged`;
  return { ...layout, warnings: [warning("header_rows", headerRow, said), ...layout.warnings] };
}

/** Columns on the left in which no row has anything. */
function emptyColumns(cellsOf: ReadonlyMap<number, readonly string[]>, width: number): number {
  let empty = width;
  for (const cells of cellsOf.values()) {
    const first = cells.findIndex((cell) => cell !== "");
    if (first >= 0) empty = Math.min(empty, first);
  }
  return empty;
}

/** An empty row, which a sheet leaves out, above the last rows where they may be notes. */
function withGap(
  rows: ReadonlyArray<readonly [line: number, cells: readonly string[]]>,
  width: number,
): ReadonlyArray<readonly [line: number, cells: readonly string[]]> {
  let from = rows.length;
  while (from > 1 && isNote(rows[from - 1]?.[1] ?? [], width)) from--;
  for (let at = Math.max(1, from); at < rows.length; at++) {
    const [line, above] = [rows[at]?.[0] ?? 0, rows[at - 1]?.[0] ?? 0];
    if (line > above + 1) return [...rows.slice(0, at), [line - 1, padded([], width)], ...rows.slice(at)];
  }
  return rows;
}

/** The rows of a header that merged cells span, or stand over: nearly full rows of names above the first figures. */
function mergedHeader(
  records: readonly CsvRecord[],
  spans: readonly CellRange[],
  width: number,
): { readonly headerRow: number; readonly headerRows: number } | undefined {
  const headerRow = Math.min(...spans.map(({ top }) => top));
  const own = spans.filter(({ top }) => top === headerRow);
  const last = Math.max(
    ...own.map(({ top, bottom, left, right }) => (right > left ? Math.max(bottom, top + 1) : bottom)),
  );
  const rows = records.filter(({ line }) => line >= headerRow && line <= last);
  const areNames = rows.every(({ cells }) => cells.every((cell) => cell === "" || !isFigure(cellKind(cell))));
  const filled = (rows[0]?.cells ?? []).filter((cell) => cell !== "").length;
  const isHeader = rows.length >= 2 && rows.length <= 3 && areNames && filled >= (2 / 3) * width;
  const above = records.filter(({ line }) => line < headerRow);
  return isHeader && above.every(({ cells }) => cells.filter((cell) => cell !== "").length <= width / 2)
    ? { headerRow, headerRows: rows.length }
    : undefined;
}
