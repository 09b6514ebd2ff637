import type { Table, TableCell, TableColumn, TableRow } from "./document.ts";
import type { MarkedTable, SheetCell } from "./xlsx-adapter.ts";
import { headerTexts } from "./xlsx-text.ts";

/** Columns that a workbook shows; an interval's three, not the page's one. */
const sheetColumns = (table: Table): ReadonlyArray<readonly [TableColumn, number]> =>
  table.columns.map((column, index) => [column, index] as const).filter(([column]) => column.where !== "page");

type Markers = Readonly<Record<string, string>>;

/** A document's table as a workbook's, without its name: each cell a number, a text or a marker. */
export function markedTable(table: Table, markers: Markers): MarkedTable {
  const columns = sheetColumns(table);
  const names = columns.map(([column]) => column);
  const groups = groupsOf(table.rows);
  return {
    name: "",
    headers: headerTexts(
      names.map((column) => column.header),
      names.map((column) => column.id),
    ),
    numeric: names.map((column) => column.kind === "number"),
    rows: table.rows.map((row, index) =>
      columns.map(([column, from], to) =>
        sheetCell(table, row, column, from, markers, to === 0 ? groups[index] : undefined),
      ),
    ),
  };
}

/**
 * The group that each row stands in: a page's row of its own is part of the name in a workbook, unless a column of the
 * workbook's already says it.
 */
function groupsOf(rows: readonly TableRow[]): ReadonlyArray<string | undefined> {
  let group: string | undefined;
  return rows.map((row) => {
    if (row.group !== undefined) group = row.group;
    if (row.sum === true) group = undefined;
    return row.cells.some((cell) => cell.text === group) ? undefined : group;
  });
}

function sheetCell(
  table: Table,
  row: TableRow,
  column: TableColumn,
  index: number,
  markers: Markers,
  group: string | undefined,
): SheetCell {
  const cell = row.cells[index] ?? { text: "" };
  const bold = row.sum === true ? { bold: true } : {};
  const marker = markerOf(row, cell, column, index, markers);
  if (marker !== undefined) return { kind: "text", text: marker, ...bold };
  if (cell.value !== undefined) {
    const format = column.format ?? formatOf(cell.text, cell.value);
    return { kind: "number", value: cell.value, ...(format === undefined ? {} : { format }), ...bold };
  }
  if (column.kind === "number" || cell.text.trim() === "")
    throw new Error(
      `table ${table.id}, column ${column.id}: "${cell.text}" is neither a number nor an explained marker`,
    );
  const name = cell.detail === undefined || cell.detail === "" ? cell.text : `${cell.text} (${cell.detail})`;
  return { kind: "text", text: group === undefined ? name : `${group} \u2013 ${name}`, ...bold };
}

/**
 * Number format that shows what the page shows: as many decimals as make the text's digits, with a percent sign where
 * it has one. Undefined where the text is not the number.
 */
export function formatOf(text: string, value: number): string | undefined {
  const percent = text.includes("%");
  const digits = text.replace(/\D/g, "");
  for (let decimals = 0; decimals <= 6; decimals++)
    if (
      Math.abs(percent ? value * 100 : value)
        .toFixed(decimals)
        .replace(".", "") === digits
    )
      return `#,##0${decimals === 0 ? "" : `.${"0".repeat(decimals)}`}${percent ? "%" : ""}`;
  return undefined;
}

/** The marker that fills a cell: its own, that of a row that is not published, or "does not apply" for a blank. */
function markerOf(
  row: TableRow,
  cell: TableCell,
  column: TableColumn,
  index: number,
  markers: Markers,
): string | undefined {
  if (cell.value !== undefined) return undefined;
  if (cell.marker !== undefined) return cell.marker;
  const blank = /^[\s\-\u2013\u2014\u2212\u2026]*$/.test(cell.text);
  if (row.words !== undefined && index > 0 && (blank || column.kind === "number")) return explained("[c]", markers);
  return blank ? explained("[z]", markers) : undefined;
}

const explained = (marker: string, markers: Markers): string | undefined => (marker in markers ? marker : undefined);

/** Markers that stand in cells of these tables, in the order of their explanations. */
export function markersIn(tables: readonly Table[], markers: Markers): readonly string[] {
  const found = new Set(
    tables.flatMap((table) =>
      table.rows.flatMap((row) =>
        sheetColumns(table).flatMap(
          ([column, index]) => markerOf(row, row.cells[index] ?? { text: "" }, column, index, markers) ?? [],
        ),
      ),
    ),
  );
  const unexplained = [...found].find((marker) => !(marker in markers));
  if (unexplained !== undefined) throw new Error(`marker ${unexplained} is used in a table but not explained`);
  return Object.keys(markers).filter((marker) => found.has(marker));
}

/** Width that holds the usual cell and the header in about three lines, 8 to 60; column A also carries the lines above. */
export function widthOf(table: MarkedTable, column: number): number {
  const header = table.headers[column] ?? "";
  const words = header.split(/\s+/).map((word) => word.length);
  const cells = table.rows.map((row) => lengthOf(row[column]));
  const wanted = Math.max(...words, Math.ceil(header.length / 3), ...cells) + 3;
  return Math.min(60, Math.max(column === 0 ? 44 : 8, wanted));
}

function lengthOf(cell: SheetCell | undefined): number {
  if (cell === undefined) return 0;
  return cell.kind === "number" ? 8 : digitsOf(cell.text);
}

/** What a text takes, in digits of the font: capitals are about a third wider. */
const digitsOf = (text: string): number => Math.ceil(text.length + (text.match(/\p{Lu}/gu)?.length ?? 0) / 3);
