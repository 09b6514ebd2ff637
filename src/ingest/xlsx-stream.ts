import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import { crc32 } from "node:zlib";
import { Unzip, UnzipInflate } from "fflate";
import { UserError } from "../user-error.ts";
import { closest } from "./closest.ts";
import { inflateMeter, refuseBomb } from "./inflate-limits.ts";
import { type CellRange, columnOf, rangeOf } from "./xlsx-ranges.ts";
import { isDateFormat, numberText } from "./xlsx-values.ts";
import { attributeOf, xmlReader } from "./xml-events.ts";
import { zipEntries } from "./zip-entries.ts";

export interface XlsxLimits {
  readonly cells: number;
  readonly sharedStrings: number;
  /** UTF-16 units of all shared strings together. */
  readonly sharedText: number;
}

/** Further merged cells are not kept: no header has so many. */
const MOST_MERGED = 100_000;
/** Columns further to the right are hidden for tidiness: they hold nothing. */
const MOST_HIDDEN = 1000;

export const XLSX_LIMITS: XlsxLimits = { cells: 50_000_000, sharedStrings: 5_000_000, sharedText: 1 << 27 };

export interface XlsxRow {
  /** The sheet's row number. */
  readonly row: number;
  readonly cells: readonly string[];
  /** A formula in it has no stored value and was read as empty. */
  readonly uncomputed?: true;
}

/** What the workbook says before any row is read. */
export interface XlsxSheet {
  readonly name: string;
  readonly others: readonly string[];
  /** Rows with a formula that has no stored value, which was read as empty. */
  readonly uncomputed: readonly number[];
  /** Ranges of cells that were merged into one, whose text is in the first. */
  readonly merged: readonly CellRange[];
  /** Rows that the sheet doesn't show; they were read. */
  readonly hiddenRows: readonly number[];
  /** Columns that the sheet doesn't show, from 1; they were read. */
  readonly hiddenColumns: readonly number[];
}

/** What a sheet's reader notes beside its rows. */
interface SheetNotes {
  readonly uncomputed: number[];
  readonly merged: CellRange[];
  readonly hiddenRows: number[];
  readonly hiddenColumns: number[];
}

interface Workbook {
  readonly sheets: ReadonlyArray<{ readonly name: string; readonly part: string; readonly isHidden: boolean }>;
  readonly date1904: boolean;
  readonly dateStyles: ReadonlySet<number>;
  readonly strings: readonly string[];
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
  const notes: SheetNotes = { uncomputed: [], merged: [], hiddenRows: [], hiddenColumns: [] };
  const reader = sheetReader(label, workbook, onRow, notes, limits);
  await readParts(path, label, (part) => (part === sheet.part ? reader : undefined));
  return { name: sheet.name, others: names.filter((name) => name !== sheet.name), ...notes };
}

/** Workbooks with a password, and those of Excel before 2007, are no packed XML but begin with this. */
const COMPOUND_FILE = "d0cf11e0a1b11ae1";

async function refuseLocked(path: string, label: string): Promise<void> {
  const file = await open(path);
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    if (buffer.toString("hex") === COMPOUND_FILE)
      throw new UserError(
        `${label} is protected by a password, or of Excel before 2007; save it as .xlsx without a password`,
      );
  } finally {
    await file.close();
  }
}

type PartReader = { write(piece: string): void };

/** Streams the parts that `readerOf` wants; compressed bytes go in small pieces, so that no piece can grow beyond 8 MiB. */
async function readParts(
  path: string,
  label: string,
  readerOf: (part: string) => PartReader | undefined,
): Promise<void> {
  await refuseLocked(path, label);
  const entries = new Map((await zipEntries(path).catch(() => undefined))?.map((entry) => [entry.name, entry]));
  for (const [name, entry] of entries) if (readerOf(name) !== undefined) refuseBomb(label, entry);
  const meter = inflateMeter(label);
  const unfinished = new Set<string>();
  const checksums = new Map<string, number>();
  const unzip = new Unzip((entry) => {
    const reader = readerOf(entry.name);
    if (reader === undefined) return;
    const stated = entries.get(entry.name)?.bytes ?? 0;
    let made = 0;
    const decoder = new StringDecoder("utf8");
    unfinished.add(entry.name);
    entry.ondata = (error, bytes, final) => {
      if (error !== null) throw error;
      if (final) unfinished.delete(entry.name);
      meter.makes(bytes.length);
      made += bytes.length;
      if (made > stated) throw new Error("it holds more than its directory says");
      checksums.set(entry.name, crc32(bytes, checksums.get(entry.name) ?? 0));
      reader.write(decoder.write(bytes as Buffer));
    };
    entry.start();
  });
  unzip.register(UnzipInflate);
  try {
    for await (const piece of createReadStream(path, { highWaterMark: 1 << 13 }) as AsyncIterable<Buffer>) {
      meter.takes(piece.length);
      unzip.push(piece, false);
    }
    unzip.push(new Uint8Array(0), true);
    const damaged = [...entries.values()].find(({ name, crc }) => (checksums.get(name) ?? crc) !== crc);
    if (damaged !== undefined) throw new Error(`the checksum of ${damaged.name} differs`);
    if (unfinished.size > 0) throw new Error(`the file ends inside ${[...unfinished].join(", ")}`);
  } catch (cause) {
    if (cause instanceof UserError) throw cause;
    throw new UserError(`${label} is not a readable XLSX workbook; save it again from Excel`, { cause });
  }
}

async function readWorkbook(path: string, label: string, limits: XlsxLimits): Promise<Workbook> {
  const sheets: { name: string; id: string; isHidden: boolean }[] = [];
  const targets = new Map<string, string>();
  const formats = new Map<number, string>();
  const styles: number[] = [];
  const strings: string[] = [];
  let date1904 = false;
  let inCellXfs = false;
  const ignore = (): void => undefined;
  const parts: Readonly<Record<string, PartReader>> = {
    "xl/workbook.xml": xmlReader(label, {
      open: (name, attributes) => {
        if (name === "sheet")
          sheets.push({
            name: attributeOf(attributes, "name") ?? "",
            id: attributeOf(attributes, "r:id") ?? attributeOf(attributes, "id") ?? "",
            isHidden: /hidden/i.test(attributeOf(attributes, "state") ?? ""),
          });
        if (name === "workbookPr") date1904 = /^(1|true)$/.test(attributeOf(attributes, "date1904") ?? "");
      },
      close: ignore,
      text: ignore,
    }),
    "xl/_rels/workbook.xml.rels": xmlReader(label, {
      open: (name, attributes) => {
        if (name === "Relationship")
          targets.set(attributeOf(attributes, "Id") ?? "", attributeOf(attributes, "Target") ?? "");
      },
      close: ignore,
      text: ignore,
    }),
    "xl/styles.xml": xmlReader(label, {
      open: (name, attributes) => {
        if (name === "numFmt")
          formats.set(Number(attributeOf(attributes, "numFmtId")), attributeOf(attributes, "formatCode") ?? "");
        if (name === "cellXfs") inCellXfs = true;
        if (name === "xf" && inCellXfs) styles.push(Number(attributeOf(attributes, "numFmtId") ?? 0));
      },
      close: (name) => {
        if (name === "cellXfs") inCellXfs = false;
      },
      text: ignore,
    }),
    "xl/sharedStrings.xml": stringsReader(label, strings, limits),
  };
  await readParts(path, label, (part) => parts[part]);
  const tables = sheets
    .map(({ name, id, isHidden }) => ({ name, part: partName(targets.get(id) ?? ""), isHidden }))
    .filter(({ part }) => !/chartsheets|dialogsheets|macrosheets/.test(part));
  if (tables.length === 0) throw new UserError(`${label} is not a readable XLSX workbook; save it again from Excel`);
  const dateStyles = new Set(
    styles.flatMap((format, style) => (isDateFormat(format, formats.get(format)) ? [style] : [])),
  );
  return {
    sheets: tables,
    date1904,
    dateStyles,
    strings,
  };
}

const partName = (target: string): string => (target.startsWith("/") ? target.slice(1) : `xl/${target}`);

function stringsReader(label: string, strings: string[], limits: XlsxLimits): PartReader {
  let current = "";
  let total = 0;
  let inText = false;
  let phonetic = false;
  return xmlReader(label, {
    open: (name) => {
      if (name === "si") current = "";
      if (name === "t") inText = !phonetic;
      if (name === "rPh") phonetic = true;
    },
    close: (name) => {
      if (name === "t") inText = false;
      if (name === "rPh") phonetic = false;
      if (name !== "si") return;
      strings.push(unescaped(current));
      total += current.length;
      if (strings.length > limits.sharedStrings || total > limits.sharedText)
        throw new UserError(`${label} holds more text than a workbook can honestly hold; send it as CSV`);
    },
    text: (text) => {
      if (inText) current += text;
    },
  });
}

function sheetReader(
  label: string,
  workbook: Workbook,
  onRow: (row: XlsxRow) => void,
  { uncomputed, merged, hiddenRows, hiddenColumns }: SheetNotes,
  limits: XlsxLimits,
): PartReader {
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
        if (formula && value === undefined) uncomputed.push(row);
        if (value === undefined || value === "") return;
        while (cells.length < column - 1) cells.push("");
        cells[column - 1] = cellText(value, type, style, workbook);
      } else if (name === "row" && (uncomputed.at(-1) === row || cells.some((cell) => cell !== "")))
        onRow(uncomputed.at(-1) === row ? { row, cells, uncomputed: true } : { row, cells });
    },
    text: (text) => {
      if (reading) value = (value ?? "") + text;
    },
  });
}

const isSet = (attributes: string, name: string): boolean => /^(1|true)$/.test(attributeOf(attributes, name) ?? "");

/** The columns of a `col` element; those behind all columns that a sheet of ours may have are none. */
function columnsOf(attributes: string): readonly number[] {
  const from = Number(attributeOf(attributes, "min") ?? 0);
  const to = Math.min(Number(attributeOf(attributes, "max") ?? 0), MOST_HIDDEN);
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i);
}

/** Signs that XML can't hold are written _xHHHH_ in a workbook's texts. */
const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

function cellText(value: string, type: string, style: number, workbook: Workbook): string {
  if (type === "s") return workbook.strings[Number(value)] ?? "";
  if (type === "b") return value === "1" ? "true" : "false";
  if (type !== "n") return unescaped(value);
  return numberText(value, workbook.dateStyles.has(style), workbook.date1904);
}
