import type { CsvRecord } from "./csv-parse.ts";

/** Rows that are held against a first record that counts on. */
const ROWS = 20;
const YEARS = { from: 1900, to: 2100 };

/**
 * Whether the figures of a record, side by side, count on as names of years and of columns do (`2014, 2015`; `0, 1, 2`)
 * and no row below does.
 */
export const countOn = (record: CsvRecord, rows: readonly CsvRecord[]): boolean =>
  countsOn(record.cells) && !rows.slice(0, ROWS).some(({ cells }) => countsOn(cells));

function countsOn(cells: readonly string[]): boolean {
  const from = cells.findIndex((cell) => /^\d+$/.test(cell.trim()));
  if (from < 0) return false;
  const figures = cells.slice(from).map((cell) => (/^\d+$/.test(cell.trim()) ? Number(cell) : Number.NaN));
  const behind = figures.findIndex(Number.isNaN);
  const run = behind < 0 ? figures : figures.slice(0, behind);
  const [first = 0] = run;
  const step = (run[1] ?? first) - first;
  if (Math.abs(step) !== 1 || run.some((figure, i) => figure !== first + i * step)) return false;
  if (figures.slice(run.length).some((figure) => !Number.isNaN(figure))) return false;
  if (run.every((figure) => figure >= YEARS.from && figure <= YEARS.to)) return true;
  return run.length >= 3 && run.length >= cells.length - 1 && (first === 0 || first === 1);
}

/** 1 where a column's codes are all of one form that a cell above them hasn't, -1 where it has it, 0 without such a form. */
export function codeEvidence(cell: string, below: readonly string[]): number {
  const codes = below.filter((code) => code.trim() !== "");
  const form = formOf(codes[0] ?? "");
  if (codes.length < 3 || !form.includes("9") || codes.some((code) => formOf(code) !== form)) return 0;
  return formOf(cell) === form ? -1 : 1;
}

const formOf = (text: string): string => text.trim().replaceAll(/\d+/g, "9");

/** Whether a cell says that there is no value, as a first row may in every column of figures. */
export const saysNothing = (cell: string): boolean =>
  /^(n\.?\/?a\.?|#n\/a|null|none|nan|nil|unknown|missing|inconnue?|onbekend|[-–.?]+|)$/i.test(cell.trim());

/** Whether every cell is a piece of a line drawn by signs. */
export const isRuleLine = ({ cells }: CsvRecord): boolean =>
  cells.every((cell) => (cells.length > 1 ? /^ *[-=_+:]{2,} *$/ : /^ *[-=_]{4,} *$/).test(cell));
