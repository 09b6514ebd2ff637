/** What a cell's text looks like, for guessing separators and headers; never for converting it. */
export type CellKind = "empty" | "number" | "date" | "time" | "link" | "code" | "words" | "text";

const KINDS: ReadonlyArray<readonly [CellKind, RegExp]> = [
  ["number", /^[+-]?(\d+|\d{1,3}([ .,'\u00a0\u202f]\d{3})+)([.,]\d+)?([eE][+-]?\d+)?\s?[%€$£]?$|^[€$£]\s?\d[\d.,]*$/],
  ["date", /^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?)?$/],
  ["time", /^\d{1,2}:\d{2}(:\d{2})?( ?[AaPp][Mm])?$/],
  ["link", /^(https?:\/\/|www\.)\S+$|^[\w.+-]+@[\w-]+\.[\w.]+$/],
  ["code", /^[\p{L}\p{N}]+([_-][\p{L}\p{N}]+)*$/u],
  ["words", /^[\p{L}\p{N}][\p{L}\p{M}\p{N} _.'’/()&+-]*$/u],
];

/** The first kind a text fits, outer blanks aside. */
export function cellKind(text: string): CellKind {
  const trimmed = text.trim();
  if (trimmed === "") return "empty";
  if (trimmed.length > 200) return "text";
  return KINDS.find(([, pattern]) => pattern.test(trimmed))?.[0] ?? "text";
}

/** Kinds that a header's name doesn't have. */
export const isFigure = (kind: CellKind): boolean =>
  kind === "number" || kind === "date" || kind === "time" || kind === "link";

/** Whether cells may name columns: each of them filled, no two alike, none a figure. */
export const areNames = (cells: readonly string[]): boolean =>
  new Set(cells).size === cells.length && cells.every((cell) => cell.trim() !== "" && !isFigure(cellKind(cell)));

/** Whether cells hold figures, so many of them at least, where their columns do, each of its column's kind. */
export function figuresAgree(
  cells: readonly string[],
  columns: ReadonlyArray<CellKind | undefined>,
  least: number,
): boolean {
  let agreeing = 0;
  for (const [i, cell] of cells.entries()) {
    const expected = columns[i];
    const kind = cellKind(cell);
    if (expected === undefined || !isFigure(expected) || kind === "empty") continue;
    if (kind !== expected) return false;
    agreeing++;
  }
  return agreeing >= least;
}
