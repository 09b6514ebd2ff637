import { cholesky, choleskySolve } from "./logistic-cholesky.ts";
import { type Design, designGram, designTimes, designTransposeTimes, rowReader } from "./propensity-design.ts";

interface BalancingWeights {
  /** Participants 1, controls sum to the participants; 0 where a row isn't usable. */
  readonly weights: Float64Array;
  readonly iterations: number;
  readonly imbalance: number;
}

/** Why there are no balancing weights. */
export interface Unbalanced {
  readonly reason: "one arm is empty" | "infeasible" | "not converged";
  /** Moments that can't be met, or are not yet met. */
  readonly moments: readonly string[];
}

const MOST_ITERATIONS = 200;
/** Imbalance, in standard deviations, at which to stop, and beyond which there is no answer. */
const BALANCED = 1e-13;
const TOLERATED = 1e-10;

/**
 * Minimises the convex dual log sum_C n exp(b'(z - t)), t the participants' means, by Newton's method with step halving;
 * weights are proportional to exp(b'z).
 */
export function balancingWeights(moments: Design, arm: Uint8Array, rows: Float64Array): BalancingWeights | Unbalanced {
  const usable = rows.map((n, p) => (moments.usable[p] === 1 ? n : 0));
  const treated = usable.map((n, p) => (arm[p] === 1 ? n : 0));
  const participants = sum(treated);
  const pool = usable.map((n, p) => (arm[p] === 1 ? 0 : n));
  if (participants === 0 || sum(pool) === 0) return { reason: "one arm is empty", moments: [] };
  const target = designTransposeTimes(moments, treated).map((total) => total / participants);
  const outside = restrict(moments, pool, target);
  if (outside.length > 0) return { reason: "infeasible", moments: outside };
  const solution = solveDual(moments, pool, target);
  const unmet = moments.columns.filter((_, j) => Math.abs(solution.gradient[j] as number) > TOLERATED);
  if (unmet.length > 0) return { reason: solution.separates ? "infeasible" : "not converged", moments: unmet };
  return {
    weights: solution.share.map((share, p) => {
      if (arm[p] === 1) return usable[p] === 0 ? 0 : 1;
      return pool[p] === 0 ? 0 : (share * participants) / (pool[p] as number);
    }),
    iterations: solution.iterations,
    imbalance: solution.gradient.reduce((most, gap) => Math.max(most, Math.abs(gap)), 0),
  };
}

/**
 * Leaves out controls that can only have weight 0, because participants' mean is at the edge of the controls' range:
 * those not at the edge. Changes `pool`; returns the moments whose target lies beyond the range.
 */
function restrict(moments: Design, pool: Float64Array, target: Float64Array): string[] {
  const { least, most } = ranges(moments, pool);
  const edge = 1e-12;
  const outside = moments.columns.filter((_, j) => {
    const t = target[j] as number;
    return j > 0 && (t < (least[j] as number) - edge || t > (most[j] as number) + edge);
  });
  if (outside.length > 0) return outside;
  const x = new Float64Array(moments.columns.length);
  const row = rowReader(moments);
  let changed = false;
  for (let p = 0; p < pool.length; p++) {
    if (pool[p] === 0) continue;
    denseRow(row, p, x);
    for (let j = 1; j < x.length; j++) {
      const [t, lo, hi, value] = [target[j] as number, least[j] as number, most[j] as number, x[j] as number];
      const atEdge = hi - lo > 4 * edge && (t <= lo + edge ? value > lo + edge : t >= hi - edge && value < hi - edge);
      if (!atEdge) continue;
      pool[p] = 0;
      changed = true;
      break;
    }
  }
  return changed ? restrict(moments, pool, target) : [];
}

function ranges(moments: Design, pool: Float64Array) {
  const least = new Float64Array(moments.columns.length).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(moments.columns.length).fill(Number.NEGATIVE_INFINITY);
  const x = new Float64Array(least.length);
  const row = rowReader(moments);
  for (let p = 0; p < pool.length; p++) {
    if (pool[p] === 0) continue;
    denseRow(row, p, x);
    for (let j = 0; j < x.length; j++) {
      least[j] = Math.min(least[j] as number, x[j] as number);
      most[j] = Math.max(most[j] as number, x[j] as number);
    }
  }
  return { least, most };
}

function denseRow(row: ReturnType<typeof rowReader>, p: number, into: Float64Array): void {
  into.fill(0);
  const entries = row.read(p);
  for (let e = 0; e < entries; e++) into[row.columns[e] as number] = row.values[e] as number;
}

interface DualPoint {
  readonly b: Float64Array;
  /** log sum n exp(b'(z - t)). */
  readonly value: number;
  /** Share of all weight that a pattern's rows have together. */
  readonly share: Float64Array;
  /** Controls' weighted means less the target, 0 for the intercept. */
  readonly gradient: Float64Array;
  /** Whether every control lies on one side of the target along b: proof that no weights exist. */
  readonly separates: boolean;
}

function solveDual(moments: Design, pool: Float64Array, target: Float64Array): DualPoint & { iterations: number } {
  let point = dualAt(moments, pool, target, new Float64Array(target.length));
  let iterations = 0;
  while (iterations < MOST_ITERATIONS && largest(point.gradient) > BALANCED && !point.separates) {
    iterations++;
    const step = choleskySolve(cholesky(covarianceOf(moments, point), target.length), point.gradient);
    const slope = step.reduce((total, value, j) => total + value * (point.gradient[j] as number), 0);
    const next = halved(moments, pool, target, point, step, slope);
    if (next === null) break;
    point = next;
  }
  return { ...point, iterations };
}

/** The full step, or the first of its halves that goes down enough; null where none does. */
function halved(
  moments: Design,
  pool: Float64Array,
  target: Float64Array,
  from: DualPoint,
  step: Float64Array,
  slope: number,
): DualPoint | null {
  for (let size = 1; size > 1e-10; size /= 2) {
    const b = from.b.map((value, j) => value - size * (step[j] as number));
    const next = dualAt(moments, pool, target, b);
    const enough = next.value <= from.value - 1e-4 * size * slope;
    if (enough || largest(next.gradient) < 0.9 * largest(from.gradient)) return next;
  }
  return null;
}

function dualAt(moments: Design, pool: Float64Array, target: Float64Array, b: Float64Array): DualPoint {
  const centre = b.reduce((total, value, j) => total + (j > 0 ? value * (target[j] as number) : 0), 0);
  const eta = designTimes(moments, b);
  let most = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < pool.length; p++) if (pool[p] !== 0) most = Math.max(most, eta[p] as number);
  const share = pool.map((n, p) => (n === 0 ? 0 : n * Math.exp((eta[p] as number) - most)));
  const total = sum(share);
  for (let p = 0; p < share.length; p++) share[p] = (share[p] as number) / total;
  const means = designTransposeTimes(moments, share);
  const gradient = means.map((mean, j) => (j === 0 ? 0 : mean - (target[j] as number)));
  const reach = most - centre;
  return { b, value: reach + Math.log(total), share, gradient, separates: reach < -1e-9 * (1 + Math.abs(centre)) };
}

/** A moment varies less than this part of its mean square where all that is left of it is the computer's arithmetic. */
const CONSTANT = 1e-12;

/** Weighted covariance of the moments; exactly zero for the intercept and others that don't vary, which then get no coefficient. */
function covarianceOf(moments: Design, { share }: DualPoint): Float64Array {
  const k = moments.columns.length;
  const gram = designGram(moments, share);
  const means = gram.slice(0, k);
  const squares = means.map((_, a) => gram[a * k + a] as number);
  const varies = squares.map((square, a) => (a > 0 && square - (means[a] as number) ** 2 > CONSTANT * square ? 1 : 0));
  for (let a = 0; a < k; a++)
    for (let c = 0; c < k; c++)
      gram[a * k + c] =
        varies[a] === 1 && varies[c] === 1
          ? (gram[a * k + c] as number) - (means[a] as number) * (means[c] as number)
          : 0;
  return gram;
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
