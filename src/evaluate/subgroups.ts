import { CholeskyDecomposition, Matrix } from "ml-matrix";
import { chiSquareUpper } from "./distributions.ts";
import { type Effect, type EffectSettings, estimateEffect } from "./effect.ts";
import { armCells, type CellMeans, cellMeans, covariance, type ErrorType, type Sample } from "./errors.ts";
import { holmWithin } from "./holm.ts";

/** A partition of patterns: the levels of one covariate, or years. */
export interface Levels {
  readonly names: readonly string[];
  /** Position in `names` of each pattern; -1 where it has none. */
  readonly of: Int32Array;
}

interface LevelSettings {
  /** Default: CR1 where recurrence has a pair, else HC3. */
  readonly errors?: ErrorType;
  /** Distinct persons among all matched rows; rows are persons by default. */
  readonly persons?: number;
}

/** Whether levels differ in their effect. Null where fewer than two levels have an effect with an error. */
export interface Heterogeneity {
  readonly q: number | null;
  readonly freedom: number | null;
  readonly p: number | null;
  /** The levels that took part. */
  readonly levels: readonly string[];
}

const UNANSWERED = { q: null, freedom: null, p: null };

/**
 * Q = (C tau)' (C V C')^-1 C tau, chi-squared with K - 1 degrees of freedom under equal effects; C takes each level's
 * difference from the first's. V is the covariance of the levels' effects from one clustered pass, so levels may share
 * persons. Levels without an error (one arm empty, resting on one row, no variation) take no part.
 */
export function heterogeneity(sample: Sample, levels: Levels, settings: LevelSettings = {}): Heterogeneity {
  const means = cellMeans(sample, armCells(sample.patterns, levels.of, levels.names.length));
  const usable = levels.names.map((_, k) => isUsable(means, 2 * k) && isUsable(means, 2 * k + 1));
  const places = numbered(usable);
  const tested = withVariance(sample, relabel(levels, places), settings);
  return tested ?? { ...UNANSWERED, levels: levels.names.filter((_, k) => usable[k]) };
}

/** Effects of all levels: the same match restricted to each. `persons` gives each level's distinct matched persons. */
export function effectsByLevel(
  sample: Sample,
  levels: Levels,
  settings: Omit<EffectSettings, "within" | "persons"> & { readonly persons?: readonly number[] } = {},
): ReadonlyArray<{ readonly level: string; readonly effect: Effect }> {
  const { persons, ...others } = settings;
  return levels.names.map((level, k) => {
    const within = Uint8Array.from(levels.of, (at) => (at === k ? 1 : 0));
    const count = persons?.[k];
    return {
      level,
      effect: estimateEffect(sample, { ...others, within, ...(count === undefined ? {} : { persons: count }) }),
    };
  });
}

/** Holm's p-values over one family of effects, those without a p left out and null. */
export const holmOver = (effects: readonly Effect[]): readonly (number | null)[] =>
  holmWithin(effects, ({ difference }) => difference.p).map(({ p }) => p);

const isUsable = (means: CellMeans, cell: number): boolean =>
  (means.weight[cell] ?? 0) > 0 && (means.leverage[cell] ?? 1) < 1;

/** New positions for what is kept, -1 for the rest. */
function numbered(keep: readonly boolean[]): readonly number[] {
  let next = 0;
  return keep.map((kept) => (kept ? next++ : -1));
}

const relabel = (levels: Levels, places: readonly number[]): Levels => ({
  names: levels.names.filter((_, k) => (places[k] ?? -1) >= 0),
  of: levels.of.map((k) => places[k] ?? -1),
});

function withVariance(sample: Sample, levels: Levels, settings: LevelSettings): Heterogeneity | null {
  const cells = armCells(sample.patterns, levels.of, levels.names.length);
  const means = cellMeans(sample, cells);
  const clustered = (sample.recurrence?.rows.length ?? 0) > 0;
  const rows = means.rows.reduce((total, n) => total + n, 0);
  const v = covariance(sample, cells, means, settings.errors ?? (clustered ? "CR1" : "HC3"), settings.persons ?? rows);
  if (v === null || levels.names.length < 2) return null;
  const at = (i: number, j: number): number => v[i * cells.count + j] ?? 0;
  const between = (j: number, k: number): number =>
    at(2 * j, 2 * k) - at(2 * j, 2 * k + 1) - at(2 * j + 1, 2 * k) + at(2 * j + 1, 2 * k + 1);
  const varied = levels.names.map((_, k) => between(k, k) > 0);
  if (varied.includes(false)) return withVariance(sample, relabel(levels, numbered(varied)), settings);
  const effects = levels.names.map((_, k) => (means.mean[2 * k] ?? 0) - (means.mean[2 * k + 1] ?? 0));
  return waldTest(levels.names, effects, between);
}

/**
 * The same test from effects and their covariance made elsewhere. Null where that has no inverse.
 * @param between covariance of the effects of levels j and k
 */
export function waldTest(
  names: readonly string[],
  effects: readonly number[],
  between: (j: number, k: number) => number,
): Heterogeneity | null {
  const freedom = names.length - 1;
  const contrasts = Matrix.columnVector(effects.slice(1).map((effect) => effect - (effects[0] ?? 0)));
  const spread = new Matrix(freedom, freedom);
  for (let j = 0; j < freedom; j++)
    for (let k = 0; k <= j; k++) {
      const value = between(j + 1, k + 1) - between(j + 1, 0) - between(0, k + 1) + between(0, 0);
      // once for both triangles: the same terms in another order differ in the last bit, and the solver refuses that
      spread.set(j, k, value);
      spread.set(k, j, value);
    }
  const factor = new CholeskyDecomposition(spread);
  if (!factor.isPositiveDefinite()) return null;
  const q = contrasts.transpose().mmul(factor.solve(contrasts)).get(0, 0);
  return Number.isFinite(q) ? { q, freedom, p: chiSquareUpper(q, freedom), levels: names } : null;
}
