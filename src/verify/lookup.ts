import { keyOfFigure, type MetricRow } from "./metric-rows.ts";

/** Finds released rows by metric, arm and place. */
export interface Lookup {
  readonly rows: readonly MetricRow[];
  /** The row of another metric or arm at the place of `row`, or at a place that differs as `change` says. */
  at(row: MetricRow, change: Partial<MetricRow>): MetricRow | undefined;
}

/** An index over a pack's rows. */
export function lookupOf(rows: readonly MetricRow[]): Lookup {
  const byKey = new Map(rows.map((row) => [keyOfFigure(row), row]));
  return { rows, at: (row, change) => byKey.get(keyOfFigure({ ...row, ...change })) };
}

/** Equal to nine digits, small numbers too; sums of doubles near 0 leave 1e-16. */
export function isNear(a: number, b: number): boolean {
  return Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b)) + 1e-15;
}
