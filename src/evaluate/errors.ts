import type { Outcomes, Patterns, Recurrence } from "./patterns.ts";

/** HC: no one recurs. CR: rows of one person are clustered. */
export type ErrorType = "HC0" | "HC1" | "HC2" | "HC3" | "CR0" | "CR1";

/** What an estimate is made from; `weights` come from a match. */
export interface Sample {
  readonly patterns: Patterns;
  /** Weight of one row of each pattern. */
  readonly weights: Float64Array;
  readonly outcomes: Outcomes;
  /** Pairs of rows of one person, where persons recur. */
  readonly recurrence?: Recurrence;
}

/** A partition of patterns into cells whose weighted means are wanted. */
interface Cells {
  /** Cell of each pattern, in [0, count); -1 where it takes no part. */
  readonly of: Int32Array;
  readonly count: number;
}

/** Weighted means of cells and what their sampling error is made from; `count` values each. */
export interface CellMeans {
  /** sum n w y / W; NaN-free: 0 where the cell is empty, see `weight`. */
  readonly mean: Float64Array;
  /** W, the sum of weights over rows. */
  readonly weight: Float64Array;
  /** Rows with a weight. */
  readonly rows: Float64Array;
  /** Weighted sum of squared weights over rows, for effective sample sizes. */
  readonly weightSquares: Float64Array;
  /** Plain sums over the rows with a weight: of the outcome, and placements where it is 0/1. */
  readonly sum: Float64Array;
  /** Largest leverage h = w / W of a row. */
  readonly leverage: Float64Array;
  /** Least and greatest weight of a row with a weight. */
  readonly least: Float64Array;
  readonly greatest: Float64Array;
}

/**
 * Which cell each pattern falls into when groups (subgroup levels, years) are crossed with the arms:
 * group g's participants are cell 2g, its controls 2g + 1.
 * @param group one position in [0, groups) a pattern, -1 to leave it out
 */
export function armCells(patterns: Patterns, group: Int32Array, groups: number): Cells {
  const of = new Int32Array(patterns.size);
  for (let p = 0; p < patterns.size; p++) {
    const g = group[p] ?? -1;
    of[p] = g < 0 ? -1 : 2 * g + (patterns.arm[p] === 1 ? 0 : 1);
  }
  return { of, count: 2 * groups };
}

/** Weighted means by cell, over rows with a weight. */
export function cellMeans(sample: Sample, cells: Cells): CellMeans {
  const zeros = () => new Float64Array(cells.count);
  const means = {
    mean: zeros(),
    weight: zeros(),
    rows: zeros(),
    weightSquares: zeros(),
    sum: zeros(),
    leverage: zeros(),
    least: zeros().fill(Number.POSITIVE_INFINITY),
    greatest: zeros(),
  };
  for (let p = 0; p < sample.patterns.size; p++) {
    const c = cells.of[p] ?? -1;
    const w = sample.weights[p] ?? 0;
    const n = sample.outcomes.rows[p] ?? 0;
    if (c < 0 || !(w > 0) || !(n > 0)) continue;
    add(means.rows, c, n);
    add(means.weight, c, n * w);
    add(means.weightSquares, c, n * w * w);
    add(means.sum, c, sample.outcomes.sum[p] ?? 0);
    add(means.mean, c, w * (sample.outcomes.sum[p] ?? 0));
    means.least[c] = Math.min(means.least[c] ?? 0, w);
    means.greatest[c] = Math.max(means.greatest[c] ?? 0, w);
  }
  for (let c = 0; c < cells.count; c++) {
    const total = means.weight[c] ?? 0;
    means.mean[c] = total > 0 ? (means.mean[c] ?? 0) / total : 0;
    means.leverage[c] = total > 0 ? (means.greatest[c] ?? 0) / total : 0;
  }
  return means;
}

/**
 * Covariance of the weighted means of cells, `count` x `count`, row by row; null where it does not exist
 * (an empty cell, a cell that rests on one row and so has a leverage of 1, too few rows or persons for the factor).
 *
 * HCk: [(w/W) / (1-h)^d]^2 sum (y - mean)^2 on the diagonal, d = 0 (HC0, HC1), 1/2 (HC2), 1 (HC3); HC1 x n/(n-2).
 * CR0: sum of u_i u_j over all ordered pairs of rows of one person, u = w (y - mean) / W; CR1 x G/(G-1) (n-1)/(n-2).
 * Agrees with sandwich's vcovHC and vcovCL on the weighted regression of the outcome on the arm.
 * @param persons G, distinct persons among the rows with a weight; read by CR1 only
 */
export function covariance(
  sample: Sample,
  cells: Cells,
  means: CellMeans,
  type: ErrorType,
  persons: number,
): Float64Array | null {
  const factor = smallSampleFactor(type, means, persons);
  if (factor === null || means.weight.some((w) => !(w > 0)) || means.leverage.some((h) => h >= 1)) return null;
  const v = new Float64Array(cells.count * cells.count);
  addDiagonal(v, sample, cells, means, LEVERAGE_POWER[type]);
  if (type === "CR0" || type === "CR1") addPairs(v, sample, cells, means);
  return v.map((value) => value * factor);
}

const LEVERAGE_POWER: Readonly<Record<ErrorType, number>> = { HC0: 0, HC1: 0, HC2: 0.5, HC3: 1, CR0: 0, CR1: 0 };

function smallSampleFactor(type: ErrorType, means: CellMeans, persons: number): number | null {
  if (type !== "HC1" && type !== "CR1") return 1;
  const n = means.rows.reduce((total, rows) => total + rows, 0);
  const parameters = means.rows.length;
  if (n <= parameters) return null;
  if (type === "HC1") return n / (n - parameters);
  return persons > 1 ? ((persons / (persons - 1)) * (n - 1)) / (n - parameters) : null;
}

function addDiagonal(v: Float64Array, sample: Sample, cells: Cells, means: CellMeans, power: number): void {
  for (let p = 0; p < sample.patterns.size; p++) {
    const c = cells.of[p] ?? -1;
    const w = sample.weights[p] ?? 0;
    const n = sample.outcomes.rows[p] ?? 0;
    if (c < 0 || !(w > 0) || !(n > 0)) continue;
    const m = means.mean[c] ?? 0;
    const h = w / (means.weight[c] ?? 0);
    const squares = (sample.outcomes.sumsq[p] ?? 0) - 2 * m * (sample.outcomes.sum[p] ?? 0) + n * m * m;
    add(v, c * cells.count + c, (h / (1 - h) ** power) ** 2 * Math.max(0, squares));
  }
}

/** The rows that one person has beside the first: each ordered pair adds u_i u_j to its two cells' covariance. */
function addPairs(v: Float64Array, sample: Sample, cells: Cells, means: CellMeans): void {
  const pairs = sample.recurrence;
  if (pairs === undefined) return;
  for (let r = 0; r < pairs.rows.length; r++) {
    const p1 = pairs.key1[r] ?? -1;
    const p2 = pairs.key2[r] ?? -1;
    const c1 = cells.of[p1] ?? -1;
    const c2 = cells.of[p2] ?? -1;
    const w1 = sample.weights[p1] ?? 0;
    const w2 = sample.weights[p2] ?? 0;
    if (c1 < 0 || c2 < 0 || !(w1 > 0) || !(w2 > 0)) continue;
    const m1 = means.mean[c1] ?? 0;
    const m2 = means.mean[c2] ?? 0;
    const product =
      (pairs.sum12[r] ?? 0) - m2 * (pairs.sum1[r] ?? 0) - m1 * (pairs.sum2[r] ?? 0) + m1 * m2 * (pairs.rows[r] ?? 0);
    add(v, c1 * cells.count + c2, (product * w1 * w2) / ((means.weight[c1] ?? 0) * (means.weight[c2] ?? 0)));
  }
}

function add(into: Float64Array, at: number, value: number): void {
  into[at] = (into[at] ?? 0) + value;
}
