import { mkdtempSync, rmSync, statSync } from "node:fs";
import { open, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { UserError } from "../../user-error.ts";
import { type DecimalSign, decimalSign } from "../delimited/decimal-sign.ts";
import { type ReadSettings, readDelimited, type TextTable } from "../delimited/read-delimited.ts";
import { decodeBytes } from "./decode-bytes.ts";
import { decideEncoding } from "./encoding.ts";
import { isNoText, refuseOtherKind } from "./file-kind.ts";
import { EXTENSIONS, type SourceFormat } from "./formats.ts";
import { type ReadWarning, warning } from "./read-warning.ts";
import { scanFile } from "./scan.ts";
import { unpacked } from "./unpack.ts";

/** What is told of a file instead of being detected; all absent, `read` finds it out and tells what it found. */
export interface FileSettings extends ReadSettings {
  /** `auto`, or any that iconv knows. */
  readonly encoding?: string;
  /** Name of a workbook's sheet; the first when absent. */
  readonly sheet?: string;
  /** Name or pattern of the file to read of a zip of several. */
  readonly member?: string;
  /** By the file's name when absent. */
  readonly format?: SourceFormat;
  /** Texts that stand for no value: they are read as empty. */
  readonly nulls?: readonly string[];
  /** How the file's numbers are written; cells stay as they are. */
  readonly decimal?: DecimalSign;
  /** Of a delimited file too large to be held in memory the beginning is read, which is reported, instead of nothing. */
  readonly beginning?: boolean;
}

/** What is held in memory of a text: bytes and lines, and bytes where its beginning is enough. */
const LARGEST = 1 << 27;
const MOST_ROWS = 2_000_000;
const BEGINNING = 1 << 22;
const BEGINNING_ONLY = "beginning_only";

/** Whether a warning says that the rest of a file wasn't read. */
export const isBeginningOnly = ({ code }: Pick<ReadWarning, "code">): boolean => code === BEGINNING_ONLY;

/**
 * Any file as a table of text, with every guess and repair among the warnings.
 * @throws UserError when it can't be read for certain as any table
 */
export async function readTable(path: string, settings: FileSettings = {}): Promise<TextTable> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UserError(`${path} is a folder; name one file in it`);
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-"));
  try {
    const { absolute, name, packing } = await unpacked(path, path, folder, settings.member).catch((cause: unknown) => {
      if (cause instanceof UserError) throw cause;
      throw new UserError(`${path} can't be opened; check its name and permissions`, { cause });
    });
    const format = settings.format ?? EXTENSIONS[extname(name).toLowerCase()] ?? "csv";
    const table = await tableOf(
      format,
      absolute,
      packing === "zip" ? `${path} (${name} in it)` : path,
      folder,
      settings,
    );
    refuseNothingLeft(path, table, settings);
    return settled(table, settings);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function tableOf(
  format: SourceFormat,
  absolute: string,
  path: string,
  folder: string,
  settings: FileSettings,
): Promise<TextTable> {
  await refuseOtherKind(absolute, path, format).catch((cause: unknown) => {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${path} can't be opened; check its name and permissions`, { cause });
  });
  refuseForeignSettings(path, format, settings);
  if (format === "csv") return readText(absolute, path, settings);
  if (format === "xlsx") return (await import("../workbook/read-workbook.ts")).readWorkbook(absolute, path, settings);
  return (await import("./read-structured.ts")).readStructured(absolute, path, format, folder, MOST_ROWS);
}

/** Settings by the options that say them, and the formats that they are for. */
const OWN_SETTINGS: ReadonlyArray<readonly [keyof FileSettings, string, readonly SourceFormat[]]> = [
  ["delimiter", "--delimiter", ["csv"]],
  ["quote", "--quote", ["csv"]],
  ["escape", "--escape", ["csv"]],
  ["encoding", "--encoding", ["csv"]],
  ["skip", "--skip", ["csv", "xlsx"]],
  ["headerRow", "--header-row", ["csv", "xlsx"]],
  ["headerRows", "--header-rows", ["csv", "xlsx"]],
  ["footerRows", "--footer", ["csv", "xlsx"]],
  ["sheet", "--sheet", ["xlsx"]],
];

function refuseForeignSettings(path: string, format: SourceFormat, settings: FileSettings): void {
  const foreign = OWN_SETTINGS.filter(([name, , formats]) => settings[name] !== undefined && !formats.includes(format));
  if (foreign.length > 0)
    throw new UserError(
      foreign.map(
        ([, option, formats]) =>
          `${path} is read as ${format}: ${option} is for ${formats.join(" and ")} only; leave it out`,
      ),
    );
}

/** @throws UserError where what is left out, or where the header is said to stand, leaves no table */
function refuseNothingLeft(path: string, { rows, dialect }: TextTable, settings: FileSettings): void {
  const { skip = 0, headerRow = 0, footerRows = 0 } = settings;
  if (rows.length > 0 || dialect.headerRow !== null || skip + headerRow + footerRows === 0) return;
  throw new UserError(`${path} isn't so long: --skip, --header-row or --footer leave nothing of it; say less`);
}

/** The texts for nothing emptied, and how the numbers are written. */
function settled(table: TextTable, { nulls = [], decimal }: FileSettings): TextTable {
  const isNull = new Set(nulls);
  const rows =
    nulls.length === 0 ? table.rows : table.rows.map((row) => row.map((cell) => (isNull.has(cell.trim()) ? "" : cell)));
  return { ...table, rows, dialect: { ...table.dialect, decimal: decimal ?? decimalSign(rows) } };
}

async function readText(absolute: string, path: string, settings: FileSettings): Promise<TextTable> {
  const scan = await scanFile(absolute);
  if (scan.bytes === 0) throw new UserError(`${path} is empty; export it again`);
  const isLarge = scan.bytes > LARGEST || scan.lines > MOST_ROWS;
  if (isLarge && settings.beginning !== true)
    throw new UserError(
      `${path} has ${scan.lines} lines and ${Math.ceil(scan.bytes / 1e6)} MB: more than ${MOST_ROWS} lines or ${Math.floor(LARGEST / 1e6)} MB are read by a pipeline only, which takes any size`,
    );
  const bytes = isLarge ? await beginningOf(absolute) : await readFile(absolute);
  const likeliest = scan.bom ?? decideEncoding(scan, "auto").encoding;
  const isWide = [likeliest, settings.encoding ?? ""].some((name) => /^utf-?(16|32)/i.test(name));
  if (!scan.isUtf8 && !isWide && isNoText(bytes))
    throw new UserError(
      `${path} is not text, whatever its name says: it holds signs that no text has; export it as CSV`,
    );
  const { text, encoding, bom, warnings } = decodeBytes(path, bytes, scan, settings.encoding ?? "auto");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a text of them alone is no table
  if (/^[\s\u0000-\u001f\u007f]*$/.test(text)) throw new UserError(`${path} holds nothing but blanks; export it again`);
  const other = otherFormat(text);
  if (other !== undefined)
    throw new UserError(`${path} is ${other}, not delimited text, whatever its name says; export it as CSV`);
  const table = delimited(text, path, settings);
  const cut = isLarge ? [warning(BEGINNING_ONLY, null, `only the first ${BEGINNING >> 20} MiB were read`)] : [];
  return { ...table, dialect: { ...table.dialect, encoding, bom }, warnings: [...cut, ...warnings, ...table.warnings] };
}

/** @throws UserError that names the file */
function delimited(text: string, path: string, settings: FileSettings): TextTable {
  try {
    return readDelimited(text, settings);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    throw new UserError(error.problems.map((problem) => `${path}: ${problem}`));
  }
}

/** The first bytes of a file, in whole lines where it has any. */
async function beginningOf(absolute: string): Promise<Buffer> {
  const file = await open(absolute);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING), 0, BEGINNING, 0);
    const feed = buffer.lastIndexOf(10, bytesRead - 1);
    const end = feed < 0 ? bytesRead : feed + 1;
    return buffer.subarray(0, end + (buffer[end] === 0 && end % 2 === 1 ? 1 : 0));
  } finally {
    await file.close();
  }
}

/** What a text is that is no table of lines: a page, a document, or JSON as a whole. */
function otherFormat(text: string): string | undefined {
  const start = text.slice(0, 200).trimStart().toLowerCase();
  if (/^<(!doctype html|html)\b/.test(start)) return "a web page";
  if (start.startsWith("<?xml")) return "XML";
  if (!/^(\{|\[\s*[{[])/.test(start)) return undefined;
  try {
    JSON.parse(text);
    return "JSON (--format json reads it)";
  } catch {
    return undefined;
  }
}
