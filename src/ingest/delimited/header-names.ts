import { UserError } from "../../user-error.ts";
import { excerpt } from "../files/read-warning.ts";
import { type CsvRecord, type CsvSyntax, parseCsv } from "./csv-parse.ts";
import { USUAL_DELIMITERS } from "./delimiter-candidates.ts";
import { withoutFormula } from "./formula-text.ts";

/** Lines above the header that are looked through for the mapped names. */
export const PREAMBLE = 50;

/** Names in one row or joined from several, where one that comes again directly below stands once; without any, column_1, column_2, ... */
export function namesOf(records: readonly CsvRecord[], at: number, rows: number): readonly string[] {
  const [first, ...others] = records.slice(at, at + Math.max(1, rows)).map(({ cells }) => cells);
  if (rows === 0) return (first ?? []).map((_, i) => `column_${i + 1}`);
  const width = Math.max(...[first ?? [], ...others].map((cells) => cells.length));
  const joined = Array.from({ length: width }, (_, i) =>
    [first ?? [], ...others]
      .map((cells) => (cells[i] ?? "").trim())
      .filter((cell, at, cells) => cell !== "" && cell !== cells[at - 1])
      .join(" "),
  );
  return trimmed(joined);
}

/** Names without outer spaces, and without the empty ones that a delimiter at the line's end leaves. */
function trimmed(cells: readonly string[]): readonly string[] {
  const names = cells.map((cell) => withoutFormula(cell).trim());
  while (names.length > 1 && names.at(-1) === "") names.pop();
  return names;
}

/** Tells of the separator that the mapped names are parted by, where it isn't what the mapping says: their lack says less. */
export function refuseOtherDelimiter(path: string, sample: string, syntax: CsvSyntax, wanted: readonly string[]): void {
  const hasNames = (delimiter: string): boolean =>
    parseCsv(sample, { ...syntax, delimiter })
      .slice(0, PREAMBLE)
      .some(({ cells }) => wanted.every((name) => cells.some((cell) => cell.trim() === name)));
  const other = wanted.length > 1 ? USUAL_DELIMITERS.find(hasNames) : undefined;
  if (other !== undefined)
    throw new UserError(
      `${path}: its cells are separated by '${excerpt(other)}', its mapping says '${excerpt(syntax.delimiter)}'; set csv.delimiter in it, or leave it out`,
    );
}
