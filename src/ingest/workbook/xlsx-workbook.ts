import { UserError } from "../../user-error.ts";
import { type PartReader, readParts } from "./xlsx-parts.ts";
import { type NumberShown, shownBy } from "./xlsx-values.ts";
import { attributeOf, xmlReader } from "./xml-events.ts";

/** Bounds on what a workbook may unpack to: one that passes any is refused, lest a small file fill the memory. */
export interface XlsxLimits {
  readonly cells: number;
  readonly sharedStrings: number;
  /** UTF-16 units of all shared strings together. */
  readonly sharedText: number;
}

export const XLSX_LIMITS: XlsxLimits = { cells: 50_000_000, sharedStrings: 5_000_000, sharedText: 1 << 27 };

/** What every sheet of a workbook is read with. */
export interface Workbook {
  readonly sheets: ReadonlyArray<{ readonly name: string; readonly part: string; readonly isHidden: boolean }>;
  readonly date1904: boolean;
  /** Styles whose numbers are shown otherwise than as numbers. */
  readonly shown: ReadonlyMap<number, NumberShown>;
  readonly strings: readonly string[];
}

/** @throws UserError where it is no workbook, or holds more text than it honestly can */
export async function readWorkbook(path: string, label: string, limits: XlsxLimits): Promise<Workbook> {
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
  const shown = new Map(
    styles.flatMap((format, style) => {
      const how = shownBy(format, formats.get(format));
      return how === undefined ? [] : [[style, how] as const];
    }),
  );
  return {
    sheets: tables,
    date1904,
    shown,
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

/** Signs that XML can't hold are written _xHHHH_ in a workbook's texts. */
export const unescaped = (text: string): string =>
  text.includes("_x")
    ? text.replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
