import ExcelJS from "exceljs";
import { strFromU8, unzipSync } from "fflate";

/** The XML parts of a workbook by path. */
export function partsOf(bytes: Uint8Array): ReadonlyMap<string, string> {
  return new Map(Object.entries(unzipSync(bytes)).map(([path, part]) => [path, strFromU8(part)]));
}

/** The XML of all parts whose path begins so, in the order of their numbers. */
export function partsUnder(parts: ReadonlyMap<string, string>, prefix: string): readonly string[] {
  const number = (path: string): number => Number(/(\d+)\.xml/.exec(path)?.[1] ?? 0);
  return [...parts]
    .filter(([path]) => path.startsWith(prefix) && path.endsWith(".xml"))
    .toSorted(([a], [b]) => number(a) - number(b))
    .map(([, xml]) => xml);
}

export async function opened(bytes: Uint8Array): Promise<ExcelJS.Workbook> {
  const workbook = new ExcelJS.Workbook();
  // exceljs declares its own Buffer
  await workbook.xlsx.load(Buffer.from(bytes) as unknown as ExcelJS.Buffer);
  return workbook;
}

/** Cells of a sheet as rows of plain values; links as their text. */
export function valuesOf(sheet: ExcelJS.Worksheet): ReadonlyArray<ReadonlyArray<string | number | null>> {
  return Array.from({ length: sheet.rowCount }, (_, row) =>
    Array.from({ length: sheet.columnCount }, (_, column) => plainValue(sheet.getCell(row + 1, column + 1).value)),
  );
}

function plainValue(value: ExcelJS.CellValue): string | number | null {
  if (typeof value === "string" || typeof value === "number" || value === null) return value;
  if (typeof value === "object" && "text" in value) return String(value.text);
  throw new TypeError(`unexpected cell: ${JSON.stringify(value)}`);
}

/** The rows of a sheet's marked-up table, header first. */
export function tableOf(sheet: ExcelJS.Worksheet): ReadonlyArray<ReadonlyArray<string | number | null>> {
  const values = valuesOf(sheet);
  const header = values.findIndex((row) => row.length > 1 && row.every((value) => value !== null));
  return values.slice(header);
}
