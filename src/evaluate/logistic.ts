import { type Cholesky, cholesky, choleskyInverse, choleskySolve } from "./logistic-cholesky.ts";
import { type Separation, separationAlong } from "./logistic-separation.ts";
import {
  type Design,
  designGram,
  designTimes,
  designTransposeTimes,
  unstandardise,
  unstandardisedVariances,
} from "./propensity-design.ts";

/** Why a logistic regression has no answer. */
export type Unfitted = "no rows" | "one arm is empty";

/**
 * A fitted logistic regression, on rows that stand for others (grouped binomial): the persons' coefficients.
 * Numbers are null where the column was left out because the ones before it explain it (R: NA).
 */
export interface LogisticFit {
  readonly columns: readonly string[];
  readonly coefficients: ReadonlyArray<number | null>;
  /** From the information of the last step, as glm's summary has them; null as well under separation. */
  readonly errors: ReadonlyArray<number | null>;
  readonly deviance: number;
  readonly nullDeviance: number;
  /** Rows stood for, with every covariate known; and those left out because one isn't. */
  readonly rows: number;
  readonly incomplete: number;
  readonly iterations: number;
  readonly converged: boolean;
  readonly separation: Separation | null;
  /** Columns left out because the ones before them explain them. */
  readonly aliased: readonly string[];
  /** Linear predictor of each row of the design; NaN where a covariate isn't known. */
  readonly linear: Float64Array;
  /** Inverse of the information in the design's standardised units, columns x columns; 0 for columns left out. */
  readonly covariance: Float64Array;
}

const MOST_ITERATIONS = 60;
/** Relative change of the deviance that ends the iteration (glm's `epsilon`, tight); one step earlier gives 1e-9. */
const TIGHT = 1e-14;

/**
 * Logistic regression by iteratively reweighted least squares (Newton with step halving), Cholesky on scaled columns.
 * Agrees with R's `glm(family = binomial)` at tight convergence (test/reference/statistics/glm_*).
 * Under separation the coefficients are those of the iteration at which it was seen: finite, and no estimates.
 * @param y 1 or 0 for each row of the design
 * @param rows how many rows (persons) it stands for
 */
export function fitLogistic(design: Design, y: Uint8Array, rows: Float64Array): LogisticFit | Unfitted {
  const counts = countsOf(design, y, rows);
  if (counts.of[0] + counts.of[1] === 0) return "no rows";
  if (counts.of[0] === 0 || counts.of[1] === 0) return "one arm is empty";
  const kept = cholesky(designGram(design, counts.n), design.columns.length).kept;
  return summarised(design, counts, kept, newton(design, y, counts.n, kept));
}

interface Counts {
  /** Rows stood for, 0 where the row isn't usable. */
  readonly n: Float64Array;
  readonly of: readonly [number, number];
  readonly incomplete: number;
}

interface Solution {
  readonly b: Float64Array;
  readonly fitted: Fitted;
  /** As glm's summary has it: of the last step, so at the estimate before it. */
  readonly information: Cholesky;
  readonly iterations: number;
  readonly converged: boolean;
  readonly separation: Separation | null;
}

function countsOf(design: Design, y: Uint8Array, rows: Float64Array): Counts {
  const n = rows.map((count, i) => (design.usable[i] === 1 ? count : 0));
  const of: [number, number] = [0, 0];
  let incomplete = 0;
  for (let i = 0; i < n.length; i++) {
    of[y[i] === 1 ? 1 : 0] += n[i] as number;
    incomplete += Math.max(0, (rows[i] as number) - (n[i] as number));
  }
  return { n, of, incomplete };
}

function newton(design: Design, y: Uint8Array, n: Float64Array, kept: Uint8Array): Solution {
  let { b, information } = firstStep(design, y, n, kept);
  let fitted = fittedAt(designTimes(design, b), y, n);
  let iterations = 1;
  while (iterations < MOST_ITERATIONS) {
    iterations++;
    const { score, weight } = scoreAndWeight(fitted, y, n);
    information = cholesky(designGram(design, weight), b.length, kept);
    const step = choleskySolve(information, designTransposeTimes(design, score));
    const next = halved(design, b, step, y, n, fitted);
    const separation = separationAlong(design, next.fitted.eta, fitted.eta, y, n);
    const change = Math.abs(next.fitted.deviance - fitted.deviance);
    const settled = change <= TIGHT * (Math.abs(next.fitted.deviance) + 0.1);
    ({ b, fitted } = next);
    if (separation !== null) return { b, fitted, information, iterations, converged: false, separation };
    if (!settled) continue;
    const converged = next.share > 0 && information.kept.every((value, j) => value === kept[j]);
    return { b, fitted, information, iterations, converged, separation: null };
  }
  return { b, fitted, information, iterations, converged: false, separation: null };
}

/** glm's first step: weighted least squares from mu = 3/4 for participants and 1/4 for controls. */
function firstStep(design: Design, y: Uint8Array, n: Float64Array, kept: Uint8Array) {
  const start = new Float64Array(y.length);
  for (let i = 0; i < start.length; i++) start[i] = y[i] === 1 ? Math.log(3) : -Math.log(3);
  const { score, weight } = scoreAndWeight(fittedAt(start, y, n), y, n);
  for (let i = 0; i < start.length; i++) score[i] = (score[i] as number) + (weight[i] as number) * (start[i] as number);
  const information = cholesky(designGram(design, weight), design.columns.length, kept);
  return { b: choleskySolve(information, designTransposeTimes(design, score)), information };
}

/** The full step, or the first of its halves that doesn't make the fit worse; the share is 0 where none does. */
function halved(design: Design, b: Float64Array, step: Float64Array, y: Uint8Array, n: Float64Array, from: Fitted) {
  for (let share = 1; share > 1e-12; share /= 2) {
    const next = b.map((value, j) => value + share * (step[j] as number));
    const fitted = fittedAt(designTimes(design, next), y, n);
    if (fitted.deviance <= from.deviance * (1 + 1e-12)) return { b: next, fitted, share };
  }
  return { b, fitted: from, share: 0 };
}

/** n (y - mu) and n mu (1 - mu), without cancellation in the tails. */
function scoreAndWeight({ eta, small }: Fitted, y: Uint8Array, n: Float64Array) {
  const score = new Float64Array(eta.length);
  const weight = new Float64Array(eta.length);
  for (let i = 0; i < eta.length; i++) {
    const count = n[i] as number;
    if (count === 0) continue;
    const value = eta[i] as number;
    const tail = small[i] as number;
    const miss = (y[i] === 1 ? value < 0 : value > 0) ? 1 / (1 + tail) : tail / (1 + tail);
    score[i] = y[i] === 1 ? count * miss : -count * miss;
    weight[i] = (count * tail) / ((1 + tail) * (1 + tail));
  }
  return { score, weight };
}

/** A linear predictor with exp(-|eta|) of each row, and the deviance. */
interface Fitted {
  readonly eta: Float64Array;
  readonly small: Float64Array;
  readonly deviance: number;
}

/** Deviance 2 sum n log(1 + exp(-m)), m the linear predictor with the sign of the outcome. */
function fittedAt(eta: Float64Array, y: Uint8Array, n: Float64Array): Fitted {
  const small = new Float64Array(eta.length);
  let sum = 0;
  for (let i = 0; i < eta.length; i++) {
    const count = n[i] as number;
    if (count === 0) continue;
    const m = y[i] === 1 ? (eta[i] as number) : -(eta[i] as number);
    const tail = Math.exp(-Math.abs(m));
    small[i] = tail;
    sum += count * (m > 0 ? Math.log1p(tail) : Math.log1p(tail) - m);
  }
  return { eta, small, deviance: 2 * sum };
}

function summarised(design: Design, counts: Counts, kept: Uint8Array, found: Solution): LogisticFit {
  const covariance = choleskyInverse(found.information);
  const variances = unstandardisedVariances(design, covariance);
  const estimates = unstandardise(design, found.b);
  const known = found.converged && found.separation === null;
  const [n0, n1] = counts.of;
  return {
    columns: design.columns,
    coefficients: Array.from(estimates, (value, j) => (kept[j] === 1 ? value : null)),
    errors: Array.from(variances, (value, j) => (kept[j] === 1 && known ? Math.sqrt(value) : null)),
    deviance: found.fitted.deviance,
    nullDeviance: -2 * (n1 * Math.log(n1 / (n0 + n1)) + n0 * Math.log(n0 / (n0 + n1))),
    rows: n0 + n1,
    incomplete: counts.incomplete,
    iterations: found.iterations,
    converged: found.converged,
    separation: found.separation,
    aliased: design.columns.filter((_, j) => kept[j] !== 1),
    linear: found.fitted.eta,
    covariance,
  };
}
