import type { Table, TableCell } from "./document.ts";

/** Fewer rows need no sorting. */
const LEAST_ROWS = 3;

/**
 * Each cell's place in its column, from 1, equal cells on one place: numbers by value, names by the language's order.
 * Sums, rows in words and cells without a number have none, so a hidden value gives no hint of itself. Empty for a table
 * too short to sort.
 */
export function ranksOf(table: Table, locale: string): ReadonlyMap<TableCell, number> {
  const rows = table.rows.filter(({ sum, words }) => sum !== true && words === undefined);
  const ranks = new Map<TableCell, number>();
  if (rows.length < LEAST_ROWS) return ranks;
  const collator = new Intl.Collator(locale, { numeric: true });
  table.columns.forEach(({ kind, where }, index) => {
    if (where === "sheet") return;
    const cells = rows.flatMap(({ cells: own }) => own[index] ?? []);
    if (kind === "number")
      rank(
        ranks,
        cells.filter(({ value }) => value !== undefined),
        (a, b) => (a.value ?? 0) - (b.value ?? 0),
      );
    else rank(ranks, cells, (a, b) => collator.compare(a.text, b.text));
  });
  return ranks;
}

function rank(
  ranks: Map<TableCell, number>,
  cells: readonly TableCell[],
  compare: (a: TableCell, b: TableCell) => number,
): void {
  let [place, before]: [number, TableCell | undefined] = [0, undefined];
  for (const cell of cells.toSorted(compare)) {
    if (before === undefined || compare(before, cell) !== 0) place++;
    ranks.set(cell, place);
    before = cell;
  }
}
