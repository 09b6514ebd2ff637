import type { Row } from "../solver.ts";

/** What a reader knows of counts: least and most of each (equal where it is shown), and rows. All are whole numbers. */
export interface Knowledge {
  readonly lower: ArrayLike<number>;
  /** Infinity where nothing is known. */
  readonly upper: ArrayLike<number>;
  readonly rows: readonly Row[];
}

/** Least and most that a count can be. */
export type Interval = readonly [least: number, most: number];

/** Lower and upper ends of all counts. */
interface Ends {
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** Ends that the rows leave each count by arithmetic alone, without a solver: the true count lies between them. */
export interface Narrowed extends Ends {
  /** False where narrowing stopped before it came to an end. */
  readonly isSettled: boolean;
}

/** Looks at a row, on average, after which narrowing stops short: the solver takes over. */
const MOST_SWEEPS = 100;

/**
 * Narrows every interval by every row until nothing changes: a row is looked at again when a count in it has changed.
 * @throws when the rows contradict each other
 */
export function narrow({ lower, upper, rows }: Knowledge): Narrowed {
  const ends = { lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
  const rowsOf = rowsByCount(rows, lower.length);
  const waiting = new Set<number>();
  for (const [r, { terms }] of rows.entries()) if (terms.some(([i]) => ends.lower[i] !== ends.upper[i])) waiting.add(r);
  let looks = MOST_SWEEPS * rows.length;
  for (const r of waiting) {
    waiting.delete(r);
    if (looks-- === 0) return { ...ends, isSettled: false };
    const row = rows[r];
    if (row === undefined) continue;
    for (const i of narrowByRow(row, ends)) for (const other of rowsOf[i] ?? []) waiting.add(other);
  }
  return { ...ends, isSettled: true };
}

/** By array of rows, which many questions share: the rows in which each count stands. */
const KNOWN_ROWS = new WeakMap<readonly Row[], readonly (readonly number[])[]>();

function rowsByCount(rows: readonly Row[], size: number): readonly (readonly number[])[] {
  const known = KNOWN_ROWS.get(rows);
  if (known !== undefined && known.length === size) return known;
  const rowsOf: number[][] = Array.from({ length: size }, () => []);
  for (const [r, { terms }] of rows.entries()) for (const [i] of terms) rowsOf[i]?.push(r);
  KNOWN_ROWS.set(rows, rowsOf);
  return rowsOf;
}

/** Rows over the counts that are still open; the others go over to the right-hand sides. */
export function undecided({ rows, lower, upper }: Knowledge): readonly Row[] {
  const isOne = (i: number): boolean => lower[i] === upper[i];
  return rows.flatMap((row) => {
    const terms = row.terms.filter(([i]) => !isOne(i));
    if (terms.length === 0) return [];
    const known = row.terms.reduce((sum, [i, c]) => (isOne(i) ? sum + c * (lower[i] ?? 0) : sum), 0);
    return [{ terms, lower: row.lower - known, upper: row.upper - known }];
  });
}

/** Least and most that a row's terms add up to; infinite ends are counted apart, so that any one can be taken out. */
interface RowEnds {
  least: number;
  most: number;
  /** How many terms have no lower, no upper end. */
  bottomless: number;
  endless: number;
}

function rowEnds(terms: Row["terms"], { lower, upper }: Ends): RowEnds {
  const ends = { least: 0, most: 0, bottomless: 0, endless: 0 };
  for (const [i, c] of terms) {
    const least = c * ((c > 0 ? lower[i] : upper[i]) ?? 0);
    const most = c * ((c > 0 ? upper[i] : lower[i]) ?? 0);
    if (least === Number.NEGATIVE_INFINITY) ends.bottomless += 1;
    else ends.least += least;
    if (most === Number.POSITIVE_INFINITY) ends.endless += 1;
    else ends.most += most;
  }
  return ends;
}

/** The counts whose intervals the row narrows, each by what the others were before; `ends` is changed in place. */
function narrowByRow({ terms, lower, upper }: Row, ends: Ends): readonly number[] {
  const { least, most, bottomless, endless } = rowEnds(terms, ends);
  const changed: number[] = [];
  for (const [i, c] of terms) {
    const low = ends.lower[i] ?? 0;
    const high = ends.upper[i] ?? Number.POSITIVE_INFINITY;
    if (low === high) continue;
    const ownLeast = c > 0 ? c * low : c * high;
    const ownMost = c > 0 ? c * high : c * low;
    const isBottomless = ownLeast === Number.NEGATIVE_INFINITY;
    const isEndless = ownMost === Number.POSITIVE_INFINITY;
    // what the others add up to, at least and at most
    const restLeast =
      bottomless > (isBottomless ? 1 : 0) ? Number.NEGATIVE_INFINITY : least - (isBottomless ? 0 : ownLeast);
    const restMost = endless > (isEndless ? 1 : 0) ? Number.POSITIVE_INFINITY : most - (isEndless ? 0 : ownMost);
    const from = (c > 0 ? lower - restMost : upper - restLeast) / c;
    const to = (c > 0 ? upper - restLeast : lower - restMost) / c;
    const newLow = Math.max(low, Math.ceil(from - 1e-9));
    const newHigh = Math.min(high, Math.floor(to + 1e-9));
    if (newLow > newHigh) throw new Error("disclosure control: the published counts contradict each other");
    if (newLow === low && newHigh === high) continue;
    changed.push(i);
    ends.lower[i] = newLow + 0;
    ends.upper[i] = newHigh + 0;
  }
  return changed;
}
