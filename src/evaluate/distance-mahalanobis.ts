import { type Cholesky, cholesky } from "./logistic-cholesky.ts";
import type { Patterns } from "./patterns.ts";
import { type Design, designGram, designOf, designTransposeTimes, rowReader, type Term } from "./propensity-design.ts";

/** Units as points whose plain distance is the Mahalanobis distance; `dimensions` coordinates a unit, unit by unit. */
export interface Points {
  readonly dimensions: number;
  readonly coordinates: Float64Array;
  /** 1 where every covariate is known. */
  readonly known: Uint8Array;
}

/**
 * Points whose Euclidean distance is the Mahalanobis distance sqrt(d' S^-1 d), S the covariance within arms pooled with
 * n - 2, as MatchIt has it. Factors enter as dummies; covariates that others explain add nothing and are left out.
 * Where S doesn't exist (fewer than three rows), every distance is 0.
 */
export function mahalanobisPoints(patterns: Patterns, terms?: readonly Term[]): Points {
  const design = designOf(patterns, terms);
  const factor = cholesky(pooledCovariance(design, patterns), design.columns.length);
  const axes = Array.from(factor.kept.keys()).filter((j) => factor.kept[j] === 1);
  const coordinates = new Float64Array(patterns.size * axes.length);
  const row = rowReader(design);
  const x = new Float64Array(design.columns.length);
  for (let i = 0; i < patterns.size; i++) {
    const entries = row.read(i);
    x.fill(0);
    for (let e = 0; e < entries; e++) x[row.columns[e] as number] = row.values[e] as number;
    whiten(factor, axes, x, coordinates, i * axes.length);
  }
  return { dimensions: axes.length, coordinates, known: design.usable };
}

/** Solves L z = D x, so that z'z = x' S^-1 x. */
function whiten(factor: Cholesky, axes: readonly number[], x: Float64Array, into: Float64Array, offset: number): void {
  for (let a = 0; a < axes.length; a++) {
    const j = axes[a] as number;
    let sum = (x[j] as number) * (factor.scale[j] as number);
    for (let b = 0; b < a; b++)
      sum -= (factor.lower[j * factor.size + (axes[b] as number)] as number) * (into[offset + b] as number);
    into[offset + a] = sum / (factor.lower[j * factor.size + j] as number);
  }
}

/** Columns by columns; zero for the intercept. */
function pooledCovariance(design: Design, patterns: Patterns): Float64Array {
  const k = design.columns.length;
  const pooled = new Float64Array(k * k);
  let total = 0;
  for (const arm of [0, 1]) {
    const n = patterns.rows.map((rows, i) => (patterns.arm[i] === arm && design.usable[i] === 1 ? rows : 0));
    const size = n.reduce((sum, rows) => sum + rows, 0);
    if (size === 0) continue;
    total += size;
    const gram = designGram(design, n);
    const sums = designTransposeTimes(design, n);
    for (let a = 1; a < k; a++)
      for (let b = 1; b < k; b++) {
        const centred = (gram[a * k + b] as number) - ((sums[a] as number) * (sums[b] as number)) / size;
        pooled[a * k + b] = (pooled[a * k + b] as number) + centred;
      }
  }
  return withoutConstants(
    pooled.map((sum) => (total > 2 ? sum / (total - 2) : 0)),
    k,
  );
}

/** A column that doesn't vary within arms is left with a rounding error for a variance: sets it to zero. */
function withoutConstants(covariance: Float64Array, k: number): Float64Array {
  for (let a = 0; a < k; a++) if ((covariance[a * k + a] as number) < 1e-14) covariance[a * k + a] = 0;
  return covariance;
}
