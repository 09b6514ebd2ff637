import { createRequire } from "node:module";
import type ExcelJS from "exceljs";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import { cellText } from "./xlsx-text.ts";

export type SheetCell =
  | { readonly kind: "text"; readonly text: string; readonly bold?: boolean }
  | { readonly kind: "number"; readonly value: number; readonly format?: string; readonly bold?: boolean }
  /** Leads to cell A1 of another tab. */
  | { readonly kind: "link"; readonly text: string; readonly tab: string };

/** One cell of column A above the table, or on the cover. */
export interface SheetLine {
  readonly text: string;
  readonly style: "title" | "heading" | "plain";
}

/**
 * A table as Excel knows tables: `name` and headers as it allows them, else the workbook is refused when it is opened.
 */
export interface MarkedTable {
  readonly name: string;
  /** Unique, not empty. */
  readonly headers: readonly string[];
  /** Columns of numbers stand right, all others left. */
  readonly numeric: readonly boolean[];
  /** One cell a header; at least one row. */
  readonly rows: ReadonlyArray<readonly SheetCell[]>;
}

export interface Sheet {
  readonly tab: string;
  readonly lines: readonly SheetLine[];
  readonly table?: MarkedTable;
  /** In characters, one a column. */
  readonly widths: readonly number[];
}

/** A workbook's content without a clock: the same book gives the same bytes. */
export interface Book {
  readonly title: string;
  readonly organisation: string;
  readonly language: string;
  readonly keywords: readonly string[];
  /** ISO date of every time stamp inside. */
  readonly date: string;
  readonly sheets: readonly Sheet[];
}

const FONT = { name: "Arial", size: 12 } as const;
const HAIRLINE = { style: "hair", color: { argb: "FF7F8B96" } } as const;
const RULE = { style: "thin", color: { argb: "FF15202B" } } as const;

/**
 * The only user of exceljs: writes plain sheets and mends what exceljs gets wrong (it writes NaN as an invalid cell,
 * filters into every table and internal links as external ones). The same book gives the same bytes.
 * @throws RangeError for NaN and infinities, TypeError for a bigint
 */
export async function writeBook(book: Book): Promise<Uint8Array> {
  const workbook = newWorkbook();
  setProperties(workbook, book);
  for (const [index, sheet] of book.sheets.entries()) addSheet(workbook, sheet, index === 0);
  // only packed by rezip
  const options = { useSharedStrings: true, useStyles: true, zip: { compression: "STORE" } } as const;
  const raw = new Uint8Array(await workbook.xlsx.writeBuffer(options));
  return rezip(raw, book.date);
}

/** Loaded where a workbook is written, since it takes long, and without the package's readers of streams, which are most of it. */
function newWorkbook(): ExcelJS.Workbook {
  const Workbook: typeof ExcelJS.Workbook = createRequire(import.meta.url)("exceljs/lib/doc/workbook.js");
  return new Workbook();
}

function setProperties(workbook: ExcelJS.Workbook, book: Book): void {
  const date = new Date(`${book.date}T00:00:00Z`);
  const properties = {
    title: cellText(book.title),
    creator: cellText(book.organisation),
    lastModifiedBy: cellText(book.organisation),
    company: cellText(book.organisation),
    keywords: cellText(book.keywords.join(", ")),
    language: book.language,
    created: date,
    modified: date,
  };
  Object.assign(workbook, properties);
  workbook.views = [{ x: 0, y: 0, width: 24_000, height: 16_000, firstSheet: 0, activeTab: 0, visibility: "visible" }];
}

function addSheet(workbook: ExcelJS.Workbook, sheet: Sheet, first: boolean): void {
  const page = workbook.addWorksheet(sheet.tab, {
    views: [{ state: "normal", activeCell: "A1", showGridLines: !first }],
    pageSetup: { paperSize: 9, orientation: "landscape", fitToPage: true, fitToWidth: 1, fitToHeight: 0 },
  });
  for (const [index, width] of sheet.widths.entries()) page.getColumn(index + 1).width = width;
  for (const [index, line] of sheet.lines.entries()) {
    writeLine(page.getCell(index + 1, 1), line);
    page.getRow(index + 1).height = rowHeight([line.text], sheet.widths, line.style === "title" ? 16 : 12);
  }
  if (sheet.table !== undefined) addTable(page, sheet.table, sheet.lines.length + 1, sheet.widths);
}

function writeLine(cell: ExcelJS.Cell, line: SheetLine): void {
  cell.value = cellText(line.text);
  cell.font = { ...FONT, size: line.style === "title" ? 16 : 12, bold: line.style !== "plain" };
  cell.alignment = { wrapText: true, vertical: "top", horizontal: "left" };
}

/** Height that shows every wrapped line: not every program works it out when it opens a file. */
function rowHeight(texts: readonly string[], widths: readonly number[], size: number): number {
  const lines = texts.map((text, column) => {
    const fitting = Math.max(1, Math.floor((widths[column] ?? 8) * (12 / size)));
    return text.split("\n").reduce((sum, paragraph) => sum + lineCount(paragraph, fitting), 0);
  });
  return Math.min(409, Math.max(1, ...lines) * size * 1.3 + 4);
}

/** Lines of a paragraph broken at spaces; longer words break anywhere. */
function lineCount(paragraph: string, fitting: number): number {
  let lines = 1;
  let used = 0;
  for (const { length } of paragraph.split(" ")) {
    const joined = used === 0 ? length : used + 1 + length;
    if (joined > fitting && used > 0) lines += 1;
    used = joined > fitting ? length : joined;
    lines += Math.floor(Math.max(0, used - 1) / fitting);
    used = used === 0 ? 0 : ((used - 1) % fitting) + 1;
  }
  return lines;
}

function addTable(page: ExcelJS.Worksheet, table: MarkedTable, top: number, widths: readonly number[]): void {
  page.addTable({
    name: table.name,
    displayName: table.name,
    ref: `A${top}`,
    headerRow: true,
    totalsRow: false,
    style: { theme: "TableStyleLight1", showRowStripes: false },
    columns: table.headers.map((name) => ({ name, filterButton: false })),
    rows: table.rows.map((row) => row.map(cellValue)),
  });
  page.getRow(top).height = rowHeight(
    table.headers,
    widths.map((width) => width - 1),
    12,
  );
  for (const [column, numeric] of table.numeric.entries()) {
    const cell = page.getCell(top, column + 1);
    cell.font = { ...FONT, bold: true };
    cell.alignment = { wrapText: true, vertical: "bottom", ...side(numeric, column) };
    cell.border = { bottom: RULE };
  }
  for (const [index, row] of table.rows.entries()) {
    const number = top + 1 + index;
    page.getRow(number).height = rowHeight(row.map(shownText), widths, 12);
    for (const [column, content] of row.entries())
      page.getCell(number, column + 1).style = styleOf(content, side(table.numeric[column] === true, column));
  }
}

/** Numbers stand right; text stands left, a little apart from a number before it. */
const side = (numeric: boolean, column: number) =>
  numeric ? ({ horizontal: "right" } as const) : ({ horizontal: "left", indent: column === 0 ? 0 : 1 } as const);

const shownText = (cell: SheetCell): string => (cell.kind === "number" ? "" : cell.text);

function cellValue(cell: SheetCell): ExcelJS.CellValue {
  if (cell.kind === "number") return cleanNumber(cell.value);
  if (cell.kind === "link") return { text: cellText(cell.text), hyperlink: `${cell.tab}!A1` };
  return cellText(cell.text);
}

/** A number that a workbook can hold; minus zero becomes zero. */
export function cleanNumber(value: unknown): number {
  if (typeof value !== "number") throw new TypeError(`a workbook's cell takes a number, not a ${typeof value}`);
  if (!Number.isFinite(value)) throw new RangeError(`a workbook's cell cannot hold ${value}`);
  return value === 0 ? 0 : value;
}

const styles = new Map<string, Partial<ExcelJS.Style>>();

/** One object for all cells of one style: exceljs works out what it writes for each object anew. */
function styleOf(content: SheetCell, alignment: Partial<ExcelJS.Alignment>): Partial<ExcelJS.Style> {
  const link = content.kind === "link";
  const bold = content.kind !== "link" && content.bold === true;
  const format = content.kind === "number" ? { numFmt: content.format ?? "General" } : {};
  const key = JSON.stringify([content.kind, bold, format, alignment]);
  const style = styles.get(key) ?? {
    font: link ? { ...FONT, underline: true, color: { argb: "FF12436D" } } : { ...FONT, bold },
    alignment: { wrapText: true, vertical: "middle", ...alignment },
    border: { bottom: HAIRLINE },
    ...format,
  };
  styles.set(key, style);
  return style;
}

/** Packs the parts again, mended, in the order of their names and with one date, so that no clock gets in. */
function rezip(raw: Uint8Array, date: string): Uint8Array {
  const parts = Object.entries(unzipSync(raw)).toSorted(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const mended = parts.map(([path, bytes]) => [path, strToU8(mend(path, strFromU8(bytes)))] as const);
  const [year = 1980, month = 1, day = 1] = date.split("-").map(Number);
  // the date of a zip entry is written in local time: noon of that day anywhere gives the same bytes
  return zipSync(Object.fromEntries(mended), { level: 9, mtime: new Date(year, month - 1, day, 12) });
}

/** Office wants the list of types first. */
const rank = (path: string): number => (path === "[Content_Types].xml" ? 0 : path.startsWith("_rels/") ? 1 : 2);

function mend(path: string, xml: string): string {
  if (path.startsWith("xl/tables/")) return withoutFilter(xml);
  if (path.startsWith("xl/worksheets/_rels/")) return xml.replace(/<Relationship [^>]*\/hyperlink"[^>]*\/>/g, "");
  if (path.startsWith("xl/worksheets/"))
    return xml
      .replace(/(<hyperlink [^>]*?)r:id="[^"]*" /g, "$1")
      .replace('defaultRowHeight="15"', 'defaultRowHeight="15.75"');
  if (path === "xl/styles.xml") return xml.replace(/<fonts[^>]*><font>.*?<\/font>/s, defaultFont);
  return xml;
}

function withoutFilter(xml: string): string {
  return xml
    .replace(/<autoFilter[^>]*\/>|<autoFilter.*?<\/autoFilter>/s, "")
    .replace('totalsRowShown="1"', 'totalsRowShown="0"')
    .replace(/ totalsRow(?:Label|Function)="[^"]*"/g, "");
}

function defaultFont(fonts: string): string {
  return fonts.replace(/<font>.*<\/font>/s, '<font><sz val="12"/><name val="Arial"/><family val="2"/></font>');
}
