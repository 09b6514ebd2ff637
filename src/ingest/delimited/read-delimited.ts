import { addAll, excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import { cellKind, isFigure } from "./cell-kind.ts";
import { columnKinds } from "./csv-header.ts";
import { type CsvLayout, type GivenLayout, layoutOf } from "./csv-layout.ts";
import type { CsvFault, CsvRecord, CsvSyntax } from "./csv-parse.ts";
import { mendedRecords, repairedRow, swallowedRows } from "./csv-records.ts";
import { maySwallowRows, repairRecord } from "./csv-repair.ts";
import { wholeLines } from "./csv-sample.ts";
import { cutOff } from "./cut-off.ts";
import { USUAL_DELIMITERS } from "./delimiter-candidates.ts";
import { betterSyntax, detectSyntax } from "./dialect.ts";
import type { GivenSyntax } from "./dialect-candidates.ts";
import { leadingBlanks, oneColumn, wrappedNames } from "./doubtful-columns.ts";
import { recordWithoutFormulas, withoutFormulas } from "./formula-text.ts";
import { saysNothing } from "./header-evidence.ts";
import { withoutLines } from "./line-mends.ts";
import { doubtfulLines, noteOfBlanks } from "./one-column.ts";
import { suspiciousCells } from "./suspicious-cells.ts";
import { mendedLines, withLastBlanks } from "./whole-lines.ts";

/** What is told of a file instead of being detected: its syntax and where its table begins and ends. */
export interface ReadSettings extends GivenSyntax, GivenLayout {}

/** A table as text, whatever its form was; every guess and repair is among the warnings. */
export interface TextTable {
  readonly dialect: Readonly<Record<string, string | number | boolean | null>>;
  readonly columns: readonly string[];
  readonly rows: ReadonlyArray<readonly string[]>;
  readonly warnings: readonly ReadWarning[];
  /** Where the rows stand; absent where they follow each other directly below the header. */
  readonly places?: RowPlaces;
}

/** Of each row of a table the line of the file on which it begins, and its row as a spreadsheet counts: a record each, blank ones too. */
interface RowPlaces {
  readonly lines: readonly number[];
  readonly rows: readonly number[];
}

/** Signs that the dialect is judged by; the rest of a file is read by it, row by row repaired and reported. */
export const SAMPLE = 1 << 16;

const FAULTS: Readonly<Record<CsvFault, string>> = {
  stray_quote: "has a quote inside a quoted cell that is not doubled; it was kept as text",
  space_after_quote: "has blanks between a closing quote and the separator; they were dropped",
  space_before_quote: "has blanks between the separator and an opening quote; they were dropped",
  unclosed_quote: "opens a quote that is never closed; it was kept as text",
  lone_quote: "has a cell that ends with a quote which none opens; it was kept as text",
};

/** Reads delimited text: detects what isn't given, finds the table in it, and cuts its rows. */
export function readDelimited(whole: string, settings: ReadSettings = {}): TextTable {
  const { text, told } = mendedLines(whole, settings);
  const { syntax, records, layout, partsNothing, warnings: found } = readingOf(text, settings);
  const { width, columns, headerLine } = layout;
  const warnings: ReadWarning[] = [
    ...told.filter(({ row }) => row === null),
    ...found,
    ...told.filter(({ row }) => row !== null),
  ];
  addAll(warnings, layout.warnings);
  addAll(warnings, [
    ...doubtfulLines(layout),
    ...leadingBlanks(layout),
    ...wrappedNames(layout, syntax.quote),
    ...noteOfBlanks(layout, syntax.delimiter),
    ...cutOff(text, syntax.quote, layout),
  ]);
  if (width === 1 && settings.delimiter === undefined) addAll(warnings, oneColumn(layout, partsNothing));
  if (headerLine !== null) addAll(warnings, suspiciousCells(headerLine, columns, syntax));
  const names = records.find(({ line }) => line === headerLine);
  if (names !== undefined) addAll(warnings, faultsOf(names));
  const { rows, places } = rowsOf(records, layout, syntax, warnings);
  return {
    dialect: { format: "csv", ...shown(syntax), ...headerOf(layout), width },
    columns,
    rows: withoutTrailing(rows, width, warnings),
    warnings,
    places,
  };
}

/** A text's records, and the table among them, by the syntax that is likeliest. */
interface Reading {
  readonly syntax: CsvSyntax;
  readonly records: readonly CsvRecord[];
  readonly layout: CsvLayout;
  /** Whether the lines were read as one cell each, since no sign parts them. */
  readonly partsNothing: boolean;
  readonly warnings: readonly ReadWarning[];
}

function readingOf(text: string, settings: ReadSettings): Reading {
  const whole = sampleOf(text);
  const isCut = whole.length < text.length;
  // lines above a header that is said to stand lower tell nothing of the syntax, unless hardly any are left
  const below = withoutLines(whole, (settings.headerRow ?? 1) - 1);
  const sample = FEW_LINES.test(below.trim()) ? whole : below;
  const { syntax, rival } = detectSyntax(sample, settings, isCut);
  const better = betterSyntax(sample, settings, isCut);
  const { warnings, ...cut } = cutBy(syntax, text, settings);
  if (cut.layout.width === 1 && isUnusual(syntax, settings)) {
    const said =
      settings.quote === undefined ? PLAIN_TEXT : { ...PLAIN_TEXT, quote: syntax.quote, escape: syntax.escape };
    const plain = { ...said, lineEnds: syntax.lineEnds };
    const isCutAnywhere = cut.records.some(({ cells }) => cells.length > 1);
    return { syntax: plain, ...cutBy(plain, text, settings), partsNothing: isCutAnywhere };
  }
  const doubts = dialectWarnings(syntax, settings, better, rival);
  return { syntax, ...cut, partsNothing: false, warnings: [...doubts, ...warnings] };
}

/** Two lines, or one. */
const FEW_LINES = /^[^\r\n]*(?:(?:\r\n|\n|\r)[^\r\n]*)?$/;

/** The rows below the names, with where each stands. */
function rowsOf(
  records: readonly CsvRecord[],
  { body, width }: CsvLayout,
  syntax: CsvSyntax,
  warnings: ReadWarning[],
): { readonly rows: ReadonlyArray<readonly string[]>; readonly places: RowPlaces } {
  const rows: (readonly string[])[] = [];
  const lines: number[] = [];
  const ordinals = new Map(records.map(({ line }, i) => [line, i + 1]));
  const places: number[] = [];
  const table = { width, syntax, mayBeRow: fitsColumnsOf(body, width) };
  for (const record of body)
    for (const line of readRow(record, table, rows, warnings)) {
      lines.push(line);
      places.push((ordinals.get(record.line) ?? 0) + line - record.line);
    }
  return { rows, places: { lines, rows: places } };
}

/** How lines are read that nothing parts. */
const PLAIN_TEXT = { delimiter: "\u001f", quote: '"', escape: '"' } as const;

const isUnusual = ({ delimiter }: CsvSyntax, given: GivenSyntax): boolean =>
  given.delimiter === undefined && !USUAL_DELIMITERS.includes(delimiter);

/** The records of a text by a syntax, and the table among them. */
function cutBy(
  syntax: CsvSyntax,
  text: string,
  settings: ReadSettings,
): { readonly records: readonly CsvRecord[]; readonly layout: CsvLayout; readonly warnings: readonly ReadWarning[] } {
  const warnings: ReadWarning[] = [];
  const records = mendedRecords(withLastBlanks(text, syntax.delimiter), syntax, warnings).map((record) =>
    recordWithoutFormulas(record, warnings),
  );
  return { records, layout: layoutOf(records, settings), warnings };
}

/** The beginning of a text, in whole lines. */
export const sampleOf = (text: string): string => wholeLines(text, SAMPLE);

/** Where the header stands, and how many rows it takes where it is more than one. */
export const headerOf = ({ headerLine, headerRows }: CsvLayout): TextTable["dialect"] =>
  headerRows > 1 ? { headerRow: headerLine, headerRows } : { headerRow: headerLine };

const shown = ({ delimiter, quote, escape: escaping, lineEnds }: CsvSyntax) => ({
  delimiter,
  quote,
  escape: escaping,
  lineEnds,
});

function dialectWarnings(
  syntax: CsvSyntax,
  given: GivenSyntax,
  better: CsvSyntax | undefined,
  rival: CsvSyntax | undefined,
): readonly ReadWarning[] {
  const name = (text: string): string => `'${excerpt(text)}'`;
  if (better !== undefined)
    return [
      warning(
        "dialect_doubtful",
        null,
        `separator ${name(better.delimiter)}, quote ${name(better.quote)} would fit the file far better than what was said`,
      ),
    ];
  if (rival !== undefined)
    return [
      warning(
        "dialect_uncertain",
        null,
        `separator ${name(syntax.delimiter)}, quote ${name(syntax.quote)}, escape ${name(syntax.escape)} fit the file hardly better than ` +
          `${name(rival.delimiter)}, ${name(rival.quote)}, ${name(rival.escape)}; say which it is`,
      ),
    ];
  if (syntax.lineEnds !== "any")
    return [
      warning(
        "line_ends",
        null,
        `most lines end with ${syntax.lineEnds === "crlf" ? "CR LF; a lone LF" : "LF; a lone CR"} was kept as text`,
      ),
    ];
  if (isUnusual(syntax, given))
    return [
      warning(
        "unusual_delimiter",
        null,
        `${name(syntax.delimiter)} was taken for the separator; say what it is if that is wrong`,
      ),
    ];
  return [];
}

const faultsOf = ({ line, faults }: CsvRecord): readonly ReadWarning[] =>
  [...new Set(faults)].map((fault) => warning(fault, line, `line ${line} ${FAULTS[fault]}`));

/** What a record is held against before it is a row. */
interface RowTable {
  readonly width: number;
  readonly syntax: CsvSyntax;
  /** Whether cells have figures, or say that there are none, where their columns have them. */
  readonly mayBeRow: (cells: readonly string[]) => boolean;
}

function fitsColumnsOf(body: readonly CsvRecord[], width: number): RowTable["mayBeRow"] {
  const kinds = columnKinds(body, width);
  return (cells) =>
    cells.every((cell, i) => !isFigure(kinds[i] ?? "empty") || cellKind(cell) === kinds[i] || saysNothing(cell));
}

/** Adds a record's row, or those that a quote had swallowed; the line of each. */
function readRow(
  record: CsvRecord,
  { width, syntax, mayBeRow }: RowTable,
  rows: (readonly string[])[],
  warnings: ReadWarning[],
): readonly number[] {
  const repaired = repairRecord(record, width, syntax);
  if (repaired !== undefined) {
    warnings.push(repairedRow(record, width, repaired.how));
    for (const { line, cells } of repaired.rows) rows.push(withoutFormulas(line, cells, warnings));
    return repaired.rows.map(({ line }) => line);
  }
  addAll(warnings, suspiciousCells(record.line, record.cells, syntax));
  if (maySwallowRows(record, width, syntax, mayBeRow)) warnings.push(swallowedRows(record));
  addAll(warnings, faultsOf(record));
  addAll(warnings, raggedness(record, width));
  const missing = Math.max(0, width - record.cells.length);
  rows.push(missing === 0 ? record.cells : [...record.cells, ...Array.from({ length: missing }, () => "")]);
  return [record.line];
}

/** What is told of a row with too few cells, too many, or nothing in any. */
function raggedness({ line, cells }: CsvRecord, width: number): readonly ReadWarning[] {
  const isEmpty = cells.length > 1 && cells.every((cell) => cell === "");
  const empty = isEmpty ? [warning("empty_row", line, `line ${line} holds separators only; it was kept as a row`)] : [];
  if (cells.length === width) return empty;
  const missing = width - cells.length;
  const are = `line ${line} has ${cells.length} cells instead of ${width}`;
  if (missing > 0) return [...empty, warning("short_row", line, `${are}; the last ${missing} were left empty`)];
  const areEmpty = cells.slice(width).every((cell) => cell === "");
  return [...empty, warning(areEmpty ? "trailing_delimiter" : "long_row", line, `${are}; all were kept`)];
}

/** Empty cells behind the last column are dropped where every row ends with them; where some do, a cell may have moved. */
function withoutTrailing(
  rows: ReadonlyArray<readonly string[]>,
  width: number,
  warnings: ReadWarning[],
): ReadonlyArray<readonly string[]> {
  const trailing = warnings.filter(({ code }) => code === "trailing_delimiter");
  if (trailing.length < rows.length || trailing.length < 2) return rows;
  const others = warnings.filter(({ code }) => code !== "trailing_delimiter");
  warnings.length = 0;
  addAll(warnings, [
    ...others,
    warning(
      "trailing_delimiter",
      trailing[0]?.row ?? null,
      `every row ends with empty cells behind column ${width}; they were dropped`,
    ),
  ]);
  return rows.map((row) => row.slice(0, width));
}
