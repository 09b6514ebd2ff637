import { excerpt, type ReadWarning, warning } from "../files/read-warning.ts";
import type { CsvRecord } from "./csv-parse.ts";

/** A text that spreadsheets are kept from taking for a number by a formula: `="0012"`. */
const FORMULA_TEXT = /^\s*="((?:[^"]|"")*)"\s*$/;

/** The text that a formula of nothing else stands for, any other cell as it is. */
export function withoutFormula(cell: string): string {
  const text = cell.includes('="') ? FORMULA_TEXT.exec(cell)?.[1] : undefined;
  return text === undefined ? cell : text.replaceAll('""', '"');
}

const mayHoldFormulas = (cells: readonly string[]): boolean => cells.some((cell) => cell.includes('="'));

/** Cells with texts in the place of such formulas: the same list where there are none. */
export const textCells = (cells: readonly string[]): readonly string[] =>
  mayHoldFormulas(cells) ? cells.map(withoutFormula) : cells;

/** Cells without formulas around texts; each is told with its place. */
export function withoutFormulas(line: number, cells: readonly string[], warnings: ReadWarning[]): readonly string[] {
  if (!mayHoldFormulas(cells)) return cells;
  return cells.map((cell, i) => {
    const text = withoutFormula(cell);
    if (text !== cell) {
      const said = `line ${line}, column ${i + 1} holds a text as a formula, ${excerpt(cell)}; it was read as ${excerpt(text)}`;
      warnings.push(warning("formula_text", line, said, i + 1));
    }
    return text;
  });
}

/** A record without them, and without the fault that their last quotes are. */
export function recordWithoutFormulas(record: CsvRecord, warnings: ReadWarning[]): CsvRecord {
  const cells = withoutFormulas(record.line, record.cells, warnings);
  if (cells === record.cells) return record;
  const isQuoted = cells.some((cell, i) => cell === record.cells[i] && cell.endsWith('"'));
  return {
    ...record,
    cells,
    faults: isQuoted ? record.faults : record.faults.filter((fault) => fault !== "lone_quote"),
  };
}
