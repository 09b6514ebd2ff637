import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { UserError } from "../user-error.ts";
import { layoutOf } from "./csv-layout.ts";
import { decodeBytes } from "./decode-bytes.ts";
import { type ReadSettings, readDelimited, type TextTable } from "./read-delimited.ts";
import { warning } from "./read-warning.ts";
import { scanFile } from "./scan.ts";
import { unpacked } from "./unpack.ts";
import type { XlsxRow } from "./xlsx-stream.ts";

export interface FileSettings extends ReadSettings {
  /** `auto`, or any that iconv knows. */
  readonly encoding?: string;
  /** Name of a workbook's sheet; the first when absent. */
  readonly sheet?: string;
}

const LARGEST = 1 << 28;

/**
 * Any file as a table of text, with every guess and repair among the warnings.
 * @throws UserError when it can't be read for certain as any table
 */
export async function readTable(path: string, settings: FileSettings = {}): Promise<TextTable> {
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-"));
  try {
    const { absolute, name } = await unpacked(path, path, folder).catch((cause: unknown) => {
      if (cause instanceof UserError) throw cause;
      throw new UserError(`${path} can't be opened; check its name and permissions`, { cause });
    });
    return extname(name).toLowerCase() === ".xlsx"
      ? await readWorkbook(absolute, path, settings)
      : await readText(absolute, path, settings);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readText(absolute: string, path: string, settings: FileSettings): Promise<TextTable> {
  const scan = await scanFile(absolute).catch((cause: unknown) => {
    throw new UserError(`${path} can't be opened; check its name and permissions`, { cause });
  });
  if (scan.bytes === 0) throw new UserError(`${path} is empty; export it again`);
  if (scan.bytes > LARGEST)
    throw new UserError(`${path} is larger than 256 MB: read it by a pipeline, which takes any size`);
  const bytes = await readFile(absolute);
  if (["PK\u0003\u0004", "PAR1", "\u00d0\u00cf\u0011\u00e0"].includes(bytes.subarray(0, 4).toString("latin1")))
    throw new UserError(
      `${path} is not delimited text, whatever its name says; export it as CSV or name it for what it is`,
    );
  const { text, encoding, bom, warnings } = decodeBytes(path, bytes, scan, settings.encoding ?? "auto");
  if (text.trim() === "") throw new UserError(`${path} holds nothing but blanks; export it again`);
  const table = readDelimited(text, settings);
  return { ...table, dialect: { ...table.dialect, encoding, bom }, warnings: [...warnings, ...table.warnings] };
}

async function readWorkbook(absolute: string, path: string, settings: FileSettings): Promise<TextTable> {
  const { readSheet } = await import("./xlsx-stream.ts");
  const rows: XlsxRow[] = [];
  const sheet = await readSheet(absolute, path, settings.sheet, (row) => rows.push(row));
  if (rows.length === 0) throw new UserError(`${path}, sheet '${sheet.name}' is empty`);
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 1);
  const padded = ({ cells }: XlsxRow): readonly string[] => Array.from({ length: width }, (_, i) => cells[i] ?? "");
  const records = rows.map((row) => ({ line: row.row, lines: 1, cells: padded(row), faults: [] }));
  const layout = layoutOf(records, settings);
  const others =
    sheet.others.length > 0 && settings.sheet === undefined
      ? [warning("other_sheets", null, `sheet '${sheet.name}' was read; there are also ${sheet.others.join(", ")}`)]
      : [];
  const formulas = sheet.uncomputed.map((row) =>
    warning("formula_without_value", row, `row ${row} has a formula without a stored value; it was read as empty`),
  );
  return {
    dialect: { format: "xlsx", sheet: sheet.name, headerRow: layout.headerLine, width: layout.width },
    columns: layout.columns,
    rows: layout.body.map(({ cells }) => cells),
    warnings: [...others, ...formulas, ...layout.warnings],
  };
}
