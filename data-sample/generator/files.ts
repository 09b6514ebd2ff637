import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import exceljs from "exceljs";
import { unzipSync, zipSync } from "fflate";
import iconv from "iconv-lite";

/** A table as text: the header, then the rows. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}
/** A sheet as cells: texts, numbers, days as dates, null for empty. */
export interface Sheet {
  readonly name: string;
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | number | Date | null)[])[];
}

export function writeText(path: string, text: string, encoding = "utf8"): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, iconv.encode(text, encoding));
}

/** Cells are quoted only where they hold the delimiter, a quote or a line break. */
export function csvOf({ header, rows }: Table, delimiter: string, lineEnd = "\n"): string {
  const needsQuotes = new RegExp(`["\\n\\r${delimiter}]`);
  const cell = (text: string) => (needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header, ...rows].map((row) => row.map(cell).join(delimiter) + lineEnd).join("");
}

/**
 * A workbook whose sheets carry a note in row 1, an empty row 2 and the header in row 3. The workbook's own dates and
 * those of the archive's entries are fixed, so the bytes are the same each time.
 */
export async function writeWorkbook(path: string, note: string, sheets: readonly Sheet[]): Promise<void> {
  const workbook = new exceljs.Workbook();
  workbook.creator = "duo-impact sample generator (synthetic data)";
  workbook.created = FIXED;
  workbook.modified = FIXED;
  for (const sheet of sheets) {
    const made = workbook.addWorksheet(sheet.name);
    made.addRow([note]);
    made.addRow([]);
    made.addRow([...sheet.header]);
    for (const row of sheet.rows) {
      const added = made.addRow([...row]);
      for (const [i, value] of row.entries()) if (value instanceof Date) added.getCell(i + 1).numFmt = "dd/mm/yyyy";
    }
  }
  const written = new Uint8Array(await workbook.xlsx.writeBuffer());
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, zipSync(unzipSync(written), { mtime: FIXED_LOCAL, level: 9 }));
}

const FIXED = new Date("2026-04-01T00:00:00Z");
/** An archive holds local time: the same wall clock in every time zone. */
const FIXED_LOCAL = new Date(2026, 3, 1);
