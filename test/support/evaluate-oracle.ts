import type { Covariate, Outcomes, Patterns, Recurrence } from "../../src/evaluate/patterns.ts";

/** One row of one person: what patterns are made of, and what the oracle works on directly. */
export interface PersonRow {
  readonly person: number;
  readonly arm: 0 | 1;
  readonly month: number;
  readonly a: string;
  readonly b: string;
  readonly y: number;
}

export interface Aggregated {
  readonly patterns: Patterns;
  readonly outcomes: Outcomes;
  readonly recurrence: Recurrence;
  /** The pattern of each row. */
  readonly keys: readonly number[];
}

const stratumOf = (row: PersonRow): string => `${row.month}/${row.a}/${row.b}`;

/** Rows shaped down to patterns, one pattern per arm, month and covariates; pairs of rows of one person beside. */
export function aggregate(rows: readonly PersonRow[], onePatternARow = false): Aggregated {
  const names = rows.map((row, i) => (onePatternARow ? String(i) : `${row.arm}/${stratumOf(row)}`));
  const distinct = [...new Set(names)];
  const keys = names.map((name) => distinct.indexOf(name));
  const of = (key: number) => rows.filter((_, i) => keys[i] === key);
  const first = distinct.map((_, key) => rows[keys.indexOf(key)]);
  const sums = (value: (row: PersonRow) => number) =>
    Float64Array.from(distinct, (_, key) => of(key).reduce((total, row) => total + value(row), 0));
  const categorical = (name: string, value: (row: PersonRow) => string): Covariate => {
    const levels = [...new Set(rows.map(value))].sort();
    return {
      kind: "categorical",
      name,
      levels,
      codes: Int32Array.from(first, (row) => (row ? levels.indexOf(value(row)) : 0)),
    };
  };
  const counts = sums(() => 1);
  return {
    keys,
    patterns: {
      size: distinct.length,
      arm: Uint8Array.from(first, (row) => row?.arm ?? 0),
      month: Int32Array.from(first, (row) => row?.month ?? 0),
      covariates: [
        categorical("index_month", (row) => String(row.month)),
        categorical("a", (row) => row.a),
        categorical("b", (row) => row.b),
      ],
      rows: counts,
    },
    outcomes: { definition: "y", after: 0, rows: counts, sum: sums((r) => r.y), sumsq: sums((r) => r.y * r.y) },
    recurrence: pairsOf(rows, keys),
  };
}

function pairsOf(rows: readonly PersonRow[], keys: readonly number[]): Recurrence {
  const pairs = rows.flatMap((one, i) =>
    rows.flatMap((two, j) =>
      i !== j && one.person === two.person ? [{ k1: keys[i] ?? 0, k2: keys[j] ?? 0, y1: one.y, y2: two.y }] : [],
    ),
  );
  return {
    key1: Int32Array.from(pairs, (p) => p.k1),
    key2: Int32Array.from(pairs, (p) => p.k2),
    rows: Float64Array.from(pairs, () => 1),
    sum1: Float64Array.from(pairs, (p) => p.y1),
    sum2: Float64Array.from(pairs, (p) => p.y2),
    sum12: Float64Array.from(pairs, (p) => p.y1 * p.y2),
  };
}

/** Exact matching row by row: participants 1, controls nT/nC of their stratum, 0 without the other arm. */
export function oracleWeights(rows: readonly PersonRow[]): number[] {
  return rows.map((row) => {
    const mates = rows.filter((other) => stratumOf(other) === stratumOf(row));
    const nT = mates.filter((other) => other.arm === 1).length;
    const nC = mates.length - nT;
    if (nT === 0 || nC === 0) return 0;
    return row.arm === 1 ? 1 : nT / nC;
  });
}

type Matrix = [[number, number], [number, number]];

const times = (x: Matrix, y: Matrix): Matrix =>
  [0, 1].map((i) => [0, 1].map((j) => [0, 1].reduce((t, k) => t + (x[i]?.[k] ?? 0) * (y[k]?.[j] ?? 0), 0))) as Matrix;

/**
 * Weighted least squares of y on (1, arm) with a sandwich error, from the design matrix, row by row.
 * `clusters` gives each row's cluster; "HC3" inflates each residual by its leverage.
 */
export function oracleRegression(
  rows: readonly { readonly arm: number; readonly y: number }[],
  weights: readonly number[],
  clusters: readonly (number | string)[],
  type: "CR0" | "CR1" | "HC0" | "HC3",
): { difference: number; control: number; se: number } {
  const kept = rows.map((row, i) => ({ ...row, w: weights[i] ?? 0, g: clusters[i] ?? i })).filter((row) => row.w > 0);
  const sum = (f: (row: (typeof kept)[number]) => number) => kept.reduce((t, row) => t + f(row), 0);
  const [w0, w1] = [sum((r) => r.w), sum((r) => r.w * r.arm)];
  const det = w0 * w1 - w1 * w1;
  const bread: Matrix = [
    [w1 / det, -w1 / det],
    [-w1 / det, w0 / det],
  ];
  const xy = [sum((r) => r.w * r.y), sum((r) => r.w * r.arm * r.y)] as const;
  const control = bread[0][0] * xy[0] + bread[0][1] * xy[1];
  const difference = bread[1][0] * xy[0] + bread[1][1] * xy[1];
  const scores = new Map<number | string, [number, number]>();
  for (const [i, r] of kept.entries()) {
    const leverage = r.w * (bread[0][0] + 2 * r.arm * bread[0][1] + r.arm * bread[1][1]);
    const residual = (r.y - control - difference * r.arm) / (type === "HC3" ? 1 - leverage : 1);
    const key = type.startsWith("HC") ? `row ${i}` : r.g;
    const score = scores.get(key) ?? [0, 0];
    scores.set(key, [score[0] + r.w * residual, score[1] + r.w * residual * r.arm]);
  }
  const meat: Matrix = [
    [0, 0],
    [0, 0],
  ];
  for (const s of scores.values())
    for (const i of [0, 1] as const) for (const j of [0, 1] as const) meat[i][j] += s[i] * s[j];
  const g = scores.size;
  const factor = type === "CR1" ? ((g / (g - 1)) * (kept.length - 1)) / (kept.length - 2) : 1;
  return { difference, control, se: Math.sqrt(factor * times(times(bread, meat), bread)[1][1]) };
}
