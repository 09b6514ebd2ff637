import { readFile } from "node:fs/promises";
import { extname } from "node:path";
import { UserError } from "../user-error.ts";
import { decodeBytes } from "./decode-bytes.ts";
import { type ReadSettings, readDelimited, type TextTable } from "./read-delimited.ts";
import { scanFile } from "./scan.ts";

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
  const scan = await scanFile(path).catch((cause: unknown) => {
    throw new UserError(`${path} can't be opened; check its name and permissions`, { cause });
  });
  if (scan.bytes === 0) throw new UserError(`${path} is empty; export it again`);
  if (scan.bytes > LARGEST)
    throw new UserError(`${path} is larger than 256 MB: read it by a pipeline, which takes any size`);
  const bytes = await readFile(path);
  const kind = [".parquet", ".xlsx", ".xls", ".ods"].find((ending) => extname(path).toLowerCase() === ending) ?? "text";
  if (
    kind !== "text" ||
    bytes.subarray(0, 2).toString("latin1") === "PK" ||
    bytes.subarray(0, 4).toString("latin1") === "PAR1"
  )
    throw new UserError(`${path} is not delimited text; give it to a pipeline by a mapping`);
  const { text, encoding, bom, warnings } = decodeBytes(path, bytes, scan, settings.encoding ?? "auto");
  if (text.trim() === "") throw new UserError(`${path} holds nothing but blanks; export it again`);
  const table = readDelimited(text, settings);
  return { ...table, dialect: { ...table.dialect, encoding, bom }, warnings: [...warnings, ...table.warnings] };
}
