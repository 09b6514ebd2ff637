import { basename, extname } from "node:path";
import { sqlOf } from "../../catalogue/catalogue.ts";
import { QUALITY } from "../../catalogue/quality.ts";
import type { ReadRequest, SourceFormat } from "../files/formats.ts";
import { readProblemRows } from "./problem-rows.ts";

/** A received file whose problem rows go back to its sender. */
export interface SentFile {
  readonly source: string;
  readonly table: string;
  readonly path: string;
  readonly format: SourceFormat;
  readonly request: ReadRequest;
}

/** A file to send back: its path beside the report, its text, and how many rows it holds. */
export interface RejectFile {
  readonly path: string;
  readonly content: string;
  readonly rows: number;
}

/** Rows that a file to send back holds at most, rejected ones first; a spreadsheet shows hardly more. */
export const MOST_LISTED = 100_000;
/** Rows only warned about among them at most: the report counts all, and nobody checks more by hand. */
export const MOST_WARNED = 10_000;

const OWN_COLUMNS = ["file", "row", "rule", "remedy", "severity"] as const;
/** Formats without a separator of their own come back with the one that spreadsheets in Belgium expect. */
const DELIMITER = ";";

/**
 * A file's problem rows as CSV in the sender's own columns and text, followed by file, row, rule, remedy and severity.
 * One line a row, its problems joined: what is repaired is a row, and each row is sent back once.
 * A row that can't be cut into columns has its raw text in the first. Undefined where no row has a problem.
 * UTF-8 with a byte order mark; a cell that a spreadsheet would compute has an apostrophe before it (see `guarded`).
 */
export async function rejectFile(file: SentFile, name: string): Promise<RejectFile | undefined> {
  const { engine, mapping } = file.request;
  const problems = await engine.rows(sqlOf(QUALITY.rows), { file: file.path, table: file.table });
  if (problems.length === 0) return undefined;
  const wanted = new Set(problems.map(({ row }) => Number(row)));
  const { headers, rows, delimiter } = await readProblemRows(file.request, file.format, wanted);
  const lines = problems.map((problem) => {
    const row = Number(problem.row);
    const added = [file.path, String(row), problem.rules, problem.remedies, problem.severity].map(String);
    return { own: rows.get(row) ?? [], added };
  });
  return rejectCsv(
    name,
    { headers, ...(delimiter === undefined ? {} : { delimiter }), quote: mapping.csv.quote ?? '"' },
    lines,
  );
}

/** A row to send back: the sender's cells; then file, row, rule, remedy and severity. */
interface RejectLine {
  readonly own: readonly string[];
  readonly added: readonly string[];
}

/** The file to send back, in the sender's columns, separator and quotes. */
export function rejectCsv(
  name: string,
  {
    headers,
    delimiter = DELIMITER,
    quote = '"',
  }: { readonly headers: readonly string[]; readonly delimiter?: string; readonly quote?: string },
  lines: readonly RejectLine[],
): RejectFile {
  const header = { own: headers, added: OWN_COLUMNS.map((column) => unlike(column, headers)) };
  const texts = [header, ...lines].map(({ own, added }) => {
    const cells = Array.from({ length: Math.max(headers.length, 1) }, (_, i) => own[i] ?? "");
    return [...cells.map((cell) => field(cell, delimiter, quote)), ...added.map((cell) => field(cell, delimiter, '"'))];
  });
  const text = texts.map((cells) => `${cells.join(delimiter)}\r\n`).join("");
  return { path: `rejects/${name}.csv`, content: `\ufeff${text}`, rows: lines.length };
}

/** `source--file` for each file, longer only where two would share it; what some file systems forbid becomes `-`. */
export function rejectNames(files: ReadonlyArray<Pick<SentFile, "source" | "table" | "path">>): readonly string[] {
  const safe = (text: string): string => text.replaceAll(/[^\p{L}\p{N}._ -]/gu, "-");
  const short = files.map(({ source, path }) => `${source}--${safe(basename(path, extname(path)))}`);
  const long = files.map(({ source, path, table }) => `${source}--${safe(path)}--${table}`);
  const same = (a: string, b: string | undefined): boolean => a.toLowerCase() === b?.toLowerCase();
  return files.map(({ path, table }, i) => {
    const [own = "", whole = ""] = [short[i], long[i]];
    const others = files.filter((_, k) => k !== i && same(own, short[k]));
    if (others.length === 0) return own;
    return others.every((other) => other.path === path) ? `${own}--${table}` : whole;
  });
}

const unlike = (column: string, headers: readonly string[]): string =>
  headers.includes(column) ? unlike(`${column}_`, headers) : column;

const NUMBER = /^[+-]?\d+([.,]\d+)?$/;

/**
 * Text that a spreadsheet would take for a formula, after OWASP ("CSV Injection"): an apostrophe goes before a cell that
 * begins with = + - @, tab or a line end, and before one that begins with apostrophes and one of these, so that taking
 * one apostrophe away always gives the text as it came. Plain numbers stay as they are.
 */
export const guarded = (text: string): string =>
  /^'*[=+\-@\t\r\n]/.test(text) && !NUMBER.test(text) ? `'${text}` : text;

/** A cell in the sender's own quotes; a sender without quotes has no cell that needs them. */
function field(text: string, delimiter: string, quote: string): string {
  const cell = guarded(text);
  if (quote === "" || !(cell.includes(delimiter) || cell.includes(quote) || /[\r\n]/.test(cell))) return cell;
  return `${quote}${cell.replaceAll(quote, `${quote}${quote}`)}${quote}`;
}
