import type { Covariate, Outcomes, Patterns, Recurrence } from "../../src/evaluate/patterns.ts";
import type { Row } from "./draw.ts";
import { KINDS, MONTHS } from "./worlds.ts";

/** A sample as evaluation reads it, and the pattern of each row beside it. */
export interface Shaped {
  readonly rows: readonly Row[];
  readonly keys: Int32Array;
  readonly patterns: Patterns;
  readonly outcomes: Outcomes;
  readonly recurrence: Recurrence;
}

const FIRST_MONTH = 2014 * 12 + 6;

/** Rows shaped down to patterns over month, year, qualification, gender and area; frailty stays unseen. */
export function shape(rows: readonly Row[], areas: number): Shaped {
  const seen = new Map<number, number>();
  const first: Row[] = [];
  const keys = Int32Array.from(rows, (row) => {
    const kind = KINDS[row.kind];
    const name =
      ((((kind?.qualification ?? 0) * 2 + (kind?.gender ?? 0)) * MONTHS + row.month) * 2 + row.arm) * areas + row.area;
    const known = seen.get(name);
    if (known !== undefined) return known;
    seen.set(name, first.length);
    return first.push(row) - 1;
  });
  const count = new Float64Array(first.length);
  const sum = new Float64Array(first.length);
  rows.forEach((row, i) => {
    const key = keys[i] ?? 0;
    count[key] = (count[key] ?? 0) + 1;
    sum[key] = (sum[key] ?? 0) + row.y;
  });
  const patterns: Patterns = {
    size: first.length,
    arm: Uint8Array.from(first, (row) => row.arm),
    month: Int32Array.from(first, (row) => FIRST_MONTH + row.month),
    covariates: covariatesOf(first, areas),
    rows: count,
  };
  const outcomes: Outcomes = { definition: "days90", after: 0, rows: count, sum, sumsq: sum };
  return { rows, keys, patterns, outcomes, recurrence: recurrenceOf(rows, keys) };
}

function covariatesOf(first: readonly Row[], areas: number): Covariate[] {
  const categorical = (name: string, levels: number, code: (row: Row) => number): Covariate => ({
    kind: "categorical",
    name,
    levels: Array.from({ length: levels }, (_, level) => String(level).padStart(3, "0")),
    codes: Int32Array.from(first, code),
  });
  return [
    categorical("index_month", MONTHS, (row) => row.month),
    categorical("year", 2, (row) => (row.month < MONTHS / 2 ? 0 : 1)),
    categorical("qualification", 3, (row) => KINDS[row.kind]?.qualification ?? 0),
    categorical("gender", 2, (row) => KINDS[row.kind]?.gender ?? 0),
    categorical("area", areas, (row) => row.area),
  ];
}

/** Ordered pairs of different rows of one person, summed by their two patterns; a person's rows stand together. */
function recurrenceOf(rows: readonly Row[], keys: Int32Array): Recurrence {
  const seen = new Map<number, number>();
  const empty = (): number[] => [];
  const pairs = { key1: empty(), key2: empty(), rows: empty(), sum1: empty(), sum2: empty(), sum12: empty() };
  const add = (i: number, j: number) => {
    const [p, q] = [keys[i] ?? 0, keys[j] ?? 0];
    const [y1, y2] = [rows[i]?.y ?? 0, rows[j]?.y ?? 0];
    const name = p * rows.length + q;
    let at = seen.get(name);
    if (at === undefined) {
      at = pairs.key1.push(p) - 1;
      seen.set(name, at);
      pairs.key2.push(q);
      for (const sums of [pairs.rows, pairs.sum1, pairs.sum2, pairs.sum12]) sums.push(0);
    }
    for (const [sums, value] of [
      [pairs.rows, 1] as const,
      [pairs.sum1, y1] as const,
      [pairs.sum2, y2] as const,
      [pairs.sum12, y1 * y2] as const,
    ])
      sums[at] = (sums[at] ?? 0) + value;
  };
  for (let from = 0; from < rows.length; ) {
    let to = from + 1;
    while (to < rows.length && rows[to]?.person === rows[from]?.person) to++;
    for (let i = from; i < to; i++) for (let j = from; j < to; j++) if (i !== j) add(i, j);
    from = to;
  }
  return {
    key1: Int32Array.from(pairs.key1),
    key2: Int32Array.from(pairs.key2),
    rows: Float64Array.from(pairs.rows),
    sum1: Float64Array.from(pairs.sum1),
    sum2: Float64Array.from(pairs.sum2),
    sum12: Float64Array.from(pairs.sum12),
  };
}
