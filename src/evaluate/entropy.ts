import type { MatchedDesign } from "./design.ts";
import { balancingWeights, type Unbalanced } from "./entropy-dual.ts";
import { cholesky, choleskySolve } from "./logistic-cholesky.ts";
import { plainInfluences, unstratified, weightedMeans, weightsWithin } from "./odds.ts";
import type { MeanInfluences } from "./odds-influence.ts";
import type { Outcomes, Patterns } from "./patterns.ts";
import {
  type Design,
  designGram,
  designOf,
  designTimes,
  designTransposeTimes,
  type Term,
} from "./propensity-design.ts";

/** Whose moments controls are given; without settings, the means of all covariates. */
export interface EntropySettings {
  /** Covariates to balance, all by default; levels of a factor always by their shares. */
  readonly covariates?: readonly string[];
  /** 1 (default) for means; 2 for the means of squares as well, of numeric covariates with more than two values. */
  readonly moments?: 1 | 2;
}

/**
 * Participants weigh 1, controls sum to them in rows; nobody is in a stratum. `moments` has a column a balanced moment
 * and a row a pattern.
 */
export interface EntropyDesign extends MatchedDesign {
  readonly moments: Design;
  readonly iterations: number;
  /** Largest difference left between a moment of controls and of participants, in standard deviations. */
  readonly imbalance: number;
}

const NO_WEIGHT = "participants leave it no weight: they all lie at one end of a covariate, and it does not";

/**
 * Entropy balancing: the control weights nearest to equal that give controls the participants' moments, to 1e-10 of a
 * standard deviation; they sum to the participants. Agrees with R's `ebal` (test/reference/matching/ebal_*), whose
 * weights sum to the same.
 * @returns what stands in the way where no positive weights have those moments
 */
export function balanceEntropy(patterns: Patterns, settings: EntropySettings = {}): EntropyDesign | Unbalanced {
  const moments = designOf(patterns, momentTerms(patterns, settings));
  const found = balancingWeights(moments, patterns.arm, patterns.rows);
  if ("reason" in found) return found;
  return {
    ...unstratified("entropy", patterns, found.weights, moments.usable, NO_WEIGHT),
    moments,
    iterations: found.iterations,
    imbalance: found.imbalance,
  };
}

function momentTerms(patterns: Patterns, { covariates, moments = 1 }: EntropySettings): Term[] {
  const names = covariates ?? patterns.covariates.map((c) => c.name);
  const terms: Term[] = names.map((covariate) => ({ covariate }));
  if (moments === 1) return terms;
  const squared = patterns.covariates.filter(
    (c) => c.kind === "numeric" && names.includes(c.name) && new Set(c.values).size > 2,
  );
  return [...terms, ...squared.map((c) => ({ covariate: c.name, power: 2 }))];
}

/**
 * Both means and the influence of each row, the balancing included (method.md, section 5): participants move the
 * controls' mean by (m(x) - mC) / nT and controls by w (Y - m(x)) / W_C, m the weighted least squares of controls'
 * outcomes on the balanced moments. Null where an arm has no rows with a weight.
 * @param within 1 for the patterns whose means are asked for: m is then that of the deviations from their mean, 0 outside
 */
export function entropyInfluences(
  patterns: Patterns,
  design: EntropyDesign,
  outcomes: Outcomes,
  within?: Uint8Array,
): MeanInfluences | null {
  const kept = weightsWithin(design.weights, within);
  const means = weightedMeans(patterns.arm, kept, outcomes);
  if (means === null) return null;
  const deviations = kept.map((w, p) =>
    w === 0 ? 0 : (outcomes.sum[p] as number) - (outcomes.rows[p] as number) * means.control,
  );
  const predicted = predictedByMoments(patterns.arm, design, outcomes.rows, deviations);
  const influences = plainInfluences(patterns.arm, kept, means);
  const { constant } = influences.control.influence;
  for (let p = 0; p < patterns.size; p++) {
    const w = design.weights[p] as number;
    const moved = (w * (predicted[p] as number)) / means.controlWeight;
    if (w !== 0) constant[p] = (constant[p] as number) + (patterns.arm[p] === 1 ? moved : -moved);
  }
  return influences;
}

/** Weighted least squares, over controls, of sums of deviations on the balanced moments; the fitted value of every row. */
function predictedByMoments(
  arm: Uint8Array,
  { weights, moments }: EntropyDesign,
  rows: Float64Array,
  deviations: Float64Array,
): Float64Array {
  const ofControls = (values: Float64Array) =>
    weights.map((w, p) => (arm[p] === 1 || w === 0 ? 0 : w * (values[p] as number)));
  const gram = cholesky(designGram(moments, ofControls(rows)), moments.columns.length);
  return designTimes(moments, choleskySolve(gram, designTransposeTimes(moments, ofControls(deviations))));
}
