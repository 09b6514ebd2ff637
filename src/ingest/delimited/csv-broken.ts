import { areNames, type CellKind, figuresAgree, isFigure } from "./cell-kind.ts";
import type { CsvRecord, CsvSyntax } from "./csv-parse.ts";
import type { LineText } from "./csv-records.ts";
import type { MendedRecord, RepairedRecord } from "./csv-repair.ts";

type Kinds = ReadonlyArray<CellKind | undefined>;

/**
 * Two records that are one: a line end in a cell without quotes, or between two cells, parts it. Figures stand where their
 * columns have them only then, or the two are the only ones that are too short.
 */
export function brokenRow(
  records: readonly CsvRecord[],
  at: number,
  columns: Kinds,
  lineText: LineText,
  areOnlyShort: boolean,
): MendedRecord | undefined {
  const [, below] = records.slice(at, at + 2);
  const broken = brokenCells(records, at, columns.length, lineText);
  if (broken === undefined || below === undefined) return undefined;
  const mayBeNote = below.cells.length === 1 && !isFigure(columns.at(-1) ?? "empty");
  if (broken.how === BETWEEN && mayBeNote) return undefined;
  const isSure = figuresAgree(broken.cells, columns, 1) && !figuresAgree(below.cells, columns, 1);
  const arePieces = areOnlyShort && below.cells.length > 1 && figuresAgree(broken.cells, columns, 0);
  return isSure || arePieces ? asOne(records, at, broken) : undefined;
}

/** Two records that name the columns together, above rows of figures. */
export function brokenNames(
  records: readonly CsvRecord[],
  at: number,
  { length: width }: Kinds,
  lineText: LineText,
): MendedRecord | undefined {
  const broken = brokenCells(records, at, width, lineText);
  const next = records[at + 2]?.cells;
  // a line of a cell less than there are names may be a title
  return broken !== undefined &&
    broken.how !== BETWEEN &&
    areNames(broken.cells) &&
    next?.length === width &&
    !areNames(next)
    ? asOne(records, at, broken)
    : undefined;
}

const asOne = (records: readonly CsvRecord[], at: number, { cells, how }: Broken): MendedRecord => ({
  repaired: { rows: [{ line: records[at]?.line ?? 0, cells }], how },
  records: 2,
  lines: 2,
});

interface Broken {
  readonly cells: readonly string[];
  readonly how: string;
}

const INSIDE = "the line end in a cell of it was taken as text";
const BESIDE = "the line end beside a separator of it was left out";
const BETWEEN = "the line end between two cells of it was taken for a separator";

/** The cells of two lines, both too short, which are as many as a row has where they are one. */
function brokenCells(records: readonly CsvRecord[], at: number, width: number, lineText: LineText): Broken | undefined {
  const [above, below] = records.slice(at, at + 2);
  if (above === undefined || below === undefined || above.lines + below.lines > 2) return undefined;
  if (above.faults.length + below.faults.length > 0 || below.line !== above.line + 1) return undefined;
  if (Math.max(above.cells.length, below.cells.length) >= width) return undefined;
  const [last = "", first = ""] = [above.cells.at(-1), below.cells[0]];
  const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === "");
  if (isBlank(above.cells) || isBlank(below.cells)) return undefined;
  const cells = above.cells.length + below.cells.length;
  if (cells === width) return { cells: [...above.cells, ...below.cells], how: BETWEEN };
  if (cells !== width + 1) return undefined;
  if (last === "") return { cells: [...above.cells.slice(0, -1), ...below.cells], how: BESIDE };
  if (first === "") return { cells: [...above.cells, ...below.cells.slice(1)], how: BESIDE };
  if (last.trim() === "" || first.trim() === "") return undefined;
  const [whole, top, bottom] = [lineText(above.line, 2), lineText(above.line, 1), lineText(below.line, 1)];
  const lineEnd = whole.slice(top.length, whole.length - bottom.length);
  return { cells: [...above.cells.slice(0, -1), last + lineEnd + first, ...below.cells.slice(1)], how: INSIDE };
}

/** Whether a sign may stand where the line end of a row is lost: one that ends lines seldom, or a blank. */
const isLostEnd = (sign: string): boolean => ["\u001e", "\u0085", "\u2028", "\u2029", "\v", "\f", " "].includes(sign);

/** A record of twice the cells of a row, whose figures stand where their columns have them in both halves: a line end is lost in it. */
export function twoRows(
  { line, lines, cells, faults }: CsvRecord,
  columns: Kinds,
  { delimiter }: CsvSyntax,
): RepairedRecord | undefined {
  const width = columns.length;
  if (lines > 1 || faults.length > 0 || width < 3) return undefined;
  const middle = cells[width - 1] ?? "";
  const splitAt = (at: number) => cells.toSpliced(width - 1, 1, middle.slice(0, at), middle.slice(at + 1));
  const isEndLost = cells.length === 2 * width - 1 && delimiter !== " ";
  const split = isEndLost ? middle.split("").flatMap((sign, at) => (isLostEnd(sign) ? [splitAt(at)] : [])) : [];
  const halves = (row: readonly string[]) => [row.slice(0, width), row.slice(width)];
  const [only, ...others] = (cells.length === 2 * width ? [cells] : split).filter((row) =>
    halves(row).every((half) => figuresAgree(half, columns, 1)),
  );
  if (only === undefined || others.length > 0) return undefined;
  return {
    rows: halves(only).map((half) => ({ line, cells: half })),
    how: "the line end between two rows in it is lost",
  };
}
