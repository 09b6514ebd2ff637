import type { Row } from "../solver.ts";
import type { Interval, Knowledge } from "./narrow.ts";

/** Whole numbers for every count that agree with every row: proof that a count can be what it is there. */
export interface Witness {
  readonly values: Int32Array;
  /** The counts that differ from the true ones. */
  readonly moved: Int32Array;
}

/** Whole numbers with the places at which they aren't the true ones. */
export function witnessOf(values: Int32Array, truth: Int32Array): Witness {
  const moved: number[] = [];
  for (let i = 0; i < values.length; i++) if (values[i] !== truth[i]) moved.push(i);
  return { values, moved: Int32Array.from(moved) };
}

/** Whether a witness agrees with what is known of each count too; the true values do. */
export function agrees({ values, moved }: Witness, { lower, upper }: Omit<Knowledge, "rows">): boolean {
  for (const i of moved) {
    const value = values[i] ?? 0;
    if (value < (lower[i] ?? 0) || value > (upper[i] ?? Number.POSITIVE_INFINITY)) return false;
  }
  return true;
}

/** Whether whole numbers agree with every row, reckoned without rounding. */
export const holds = (rows: readonly Row[], values: ArrayLike<number>): boolean =>
  rows.every(({ terms, lower, upper }) => {
    let sum = 0;
    for (const [i, c] of terms) sum += c * (values[i] ?? 0);
    return sum >= lower && sum <= upper;
  });

/** Least and most of each count among witnesses and the true values. */
interface Extremes {
  readonly look: (witness: Witness) => void;
  readonly of: (count: number) => Interval;
  /** The witnesses in which the count is least and most; none where that is its true value. */
  readonly witnessesOf: (count: number) => readonly Witness[];
}

/** The least and the most that any witness shows of each count, and who shows it. */
export function extremesOf(truth: Int32Array, witnesses: readonly Witness[]): Extremes {
  const low = Int32Array.from(truth);
  const high = Int32Array.from(truth);
  const lowest = new Map<number, Witness>();
  const highest = new Map<number, Witness>();
  const look = (witness: Witness): void => {
    for (const i of witness.moved) {
      const value = witness.values[i] ?? 0;
      if (value < (low[i] ?? 0)) {
        low[i] = value;
        lowest.set(i, witness);
      }
      if (value > (high[i] ?? 0)) {
        high[i] = value;
        highest.set(i, witness);
      }
    }
  };
  for (const witness of witnesses) look(witness);
  return {
    look,
    of: (i) => [low[i] ?? 0, high[i] ?? 0],
    witnessesOf: (i) => [lowest.get(i) ?? [], highest.get(i) ?? []].flat(),
  };
}
