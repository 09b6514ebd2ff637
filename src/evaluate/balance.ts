import type { Patterns } from "./patterns.ts";

/** One level of one covariate, as a column of numbers: 0/1 for levels and for 0/1 numbers. */
interface Column {
  readonly covariate: string;
  readonly level: string | null;
  readonly binary: boolean;
  readonly values: Float64Array;
}

/** What a measure is computed from, on one side (before or after) of a match. */
export interface ColumnSides {
  readonly binary: boolean;
  readonly treated: Moments;
  readonly control: Moments;
  /** SD of all participants before matching, on both sides the same. */
  readonly denominator: number;
  /** |F_T - F_C| at each distinct value of all rows; only where the column is not binary. */
  readonly gaps: () => readonly number[];
}

export interface Moments {
  readonly weight: number;
  readonly mean: number;
  /** Weighted variance, sum w (x - mean)^2 W / (W^2 - sum w^2); n - 1 without weights. */
  readonly variance: number;
}

export interface BalanceMeasure {
  readonly name: string;
  /** |value| above which the match is called unbalanced; measures without one are shown only. */
  readonly threshold?: number;
  /** Null where the measure does not apply. */
  readonly compute: (sides: ColumnSides) => number | null;
}

/** A measure is one entry here, which tables, plots and verdicts all read. */
export const MEASURES: readonly BalanceMeasure[] = [
  {
    name: "smd",
    threshold: 0.1,
    compute: ({ treated, control, denominator }) =>
      denominator > 0 ? (treated.mean - control.mean) / denominator : treated.mean - control.mean,
  },
  { name: "difference", compute: ({ treated, control }) => treated.mean - control.mean },
  {
    name: "varianceRatio",
    compute: ({ binary, treated, control }) =>
      binary || !(control.variance > 0) || Number.isNaN(treated.variance) ? null : treated.variance / control.variance,
  },
  {
    name: "ecdfMean",
    compute: (sides) => (sides.binary ? Math.abs(sides.treated.mean - sides.control.mean) : meanOf(sides.gaps())),
  },
  {
    name: "ecdfMax",
    compute: (sides) =>
      sides.binary
        ? Math.abs(sides.treated.mean - sides.control.mean)
        : sides.gaps().reduce((a, b) => Math.max(a, b), 0),
  },
];

export interface BalanceEntry {
  readonly covariate: string;
  /** Null for a numeric covariate. */
  readonly level: string | null;
  readonly measure: string;
  /** Null where the measure does not apply, or an arm is empty. */
  readonly before: number | null;
  readonly after: number | null;
  /** SD of all participants before matching: n - 1 for numbers, sqrt(p(1-p)) for 0/1. */
  readonly denominator: number | null;
}

/**
 * Balance before and after a match, for every level of every covariate, matched on or not.
 * A numeric 0/1 covariate is one binary row (`level` null); other numbers are one row; text is one row a level.
 * Agrees with test/reference/matching/balance.csv (smd_treated, var_ratio, ecdf_mean, ecdf_max).
 */
export function balance(
  patterns: Patterns,
  weights: Float64Array,
  measures: readonly BalanceMeasure[] = MEASURES,
): readonly BalanceEntry[] {
  const ones = new Float64Array(patterns.size).fill(1);
  return columnsOf(patterns).flatMap((column) => {
    const order = column.binary ? null : ascending(column.values);
    const before = sidesOf(patterns, ones, column, order);
    const after = sidesOf(patterns, weights, column, order, before?.denominator);
    return measures.map((measure) => ({
      covariate: column.covariate,
      level: column.level,
      measure: measure.name,
      before: before === null ? null : measure.compute(before),
      after: after === null ? null : measure.compute(after),
      denominator: before?.denominator ?? null,
    }));
  });
}

/** Largest |value after| of a measure; null where it is nowhere defined. */
export function largest(entries: readonly BalanceEntry[], measure: string): number | null {
  const values = entries.filter((e) => e.measure === measure && e.after !== null).map((e) => Math.abs(e.after ?? 0));
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}

function columnsOf(patterns: Patterns): readonly Column[] {
  return patterns.covariates.flatMap((c): Column[] => {
    if (c.kind === "numeric") {
      const binary = c.values.every((value) => value === 0 || value === 1);
      return [{ covariate: c.name, level: null, binary, values: c.values }];
    }
    return c.levels.map((level, code) => ({
      covariate: c.name,
      level,
      binary: true,
      values: Float64Array.from(c.codes, (at) => (at === code ? 1 : 0)),
    }));
  });
}

function sidesOf(
  patterns: Patterns,
  weights: Float64Array,
  column: Column,
  order: Int32Array | null,
  denominator?: number,
): ColumnSides | null {
  const treated = momentsOf(patterns, weights, column, 1);
  const control = momentsOf(patterns, weights, column, 0);
  if (treated === null || control === null) return null;
  return {
    binary: column.binary,
    treated,
    control,
    denominator: denominator ?? spread(column, treated),
    gaps: () => (order === null ? [] : gapsOf(patterns, weights, column.values, order, treated.weight, control.weight)),
  };
}

/** sqrt(p(1-p)) or the n - 1 standard deviation; 0 where neither exists. */
function spread(column: Column, participants: Moments): number {
  const { mean, variance } = participants;
  const squared = column.binary ? mean * (1 - mean) : variance;
  return squared > 0 ? Math.sqrt(squared) : 0;
}

function momentsOf(patterns: Patterns, weights: Float64Array, column: Column, arm: 0 | 1): Moments | null {
  let total = 0;
  let squares = 0;
  let sum = 0;
  for (let p = 0; p < patterns.size; p++) {
    if (patterns.arm[p] !== arm) continue;
    const n = patterns.rows[p] ?? 0;
    const w = weights[p] ?? 0;
    total += n * w;
    squares += n * w * w;
    sum += n * w * (column.values[p] ?? 0);
  }
  if (!(total > 0)) return null;
  const mean = sum / total;
  let deviations = 0;
  for (let p = 0; p < patterns.size; p++)
    if (patterns.arm[p] === arm)
      deviations += (patterns.rows[p] ?? 0) * (weights[p] ?? 0) * ((column.values[p] ?? 0) - mean) ** 2;
  const freedom = total ** 2 - squares;
  return { weight: total, mean, variance: freedom > 0 ? (deviations * total) / freedom : Number.NaN };
}

/** Walks the values upwards; after the last pattern of a value, the gap between the two weighted ecdfs. */
function gapsOf(
  patterns: Patterns,
  weights: Float64Array,
  values: Float64Array,
  order: Int32Array,
  weightT: number,
  weightC: number,
): readonly number[] {
  const gaps: number[] = [];
  let gap = 0;
  order.forEach((p, i) => {
    const mass = (patterns.rows[p] ?? 0) * (weights[p] ?? 0);
    gap += patterns.arm[p] === 1 ? mass / weightT : -mass / weightC;
    const next = order[i + 1];
    if (next === undefined || values[next] !== values[p]) gaps.push(Math.abs(gap));
  });
  return gaps;
}

const ascending = (values: Float64Array): Int32Array =>
  Int32Array.from(values.keys()).sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
