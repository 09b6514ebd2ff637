import type { MatchedDesign } from "./design.ts";
import type { Unfitted } from "./logistic.ts";
import type { MeanInfluences } from "./odds-influence.ts";
import type { Outcomes, Patterns } from "./patterns.ts";
import { type Propensity, type PropensitySettings, propensity } from "./propensity.ts";
import { designTimes, designTransposeTimes } from "./propensity-design.ts";

/**
 * Participants weigh 1, controls p / (1 - p) scaled to sum to them in rows; nobody is in a stratum. A pattern with an
 * unknown covariate has no weight.
 */
export interface OddsDesign extends MatchedDesign {
  readonly propensity: Propensity;
  readonly warnings: readonly string[];
}

const UNKNOWN_COVARIATE = "a covariate is not known";

/**
 * Weighting by the odds: participants weigh 1, controls p / (1 - p) times a constant that makes them sum to the
 * participants (a weighted mean doesn't change by it).
 * @returns why there is no answer where the propensity score has none
 */
export function weighByOdds(patterns: Patterns, settings: PropensitySettings = {}): OddsDesign | Unfitted {
  const scores = propensity(patterns, settings);
  if (typeof scores === "string") return scores;
  const { usable } = scores.design;
  let largest = Number.NEGATIVE_INFINITY;
  for (let p = 0; p < patterns.size; p++)
    if (patterns.arm[p] !== 1 && usable[p] === 1) largest = Math.max(largest, scores.linear[p] as number);
  const weights = new Float64Array(patterns.size);
  let [participants, controls] = [0, 0];
  for (let p = 0; p < patterns.size; p++) {
    if (usable[p] !== 1) continue;
    weights[p] = patterns.arm[p] === 1 ? 1 : Math.exp((scores.linear[p] as number) - largest);
    if (patterns.arm[p] === 1) participants += patterns.rows[p] as number;
    else controls += (patterns.rows[p] as number) * (weights[p] as number);
  }
  for (let p = 0; p < patterns.size; p++)
    if (patterns.arm[p] !== 1) weights[p] = ((weights[p] as number) * participants) / controls;
  return { ...unstratified("odds", patterns, weights, usable), propensity: scores, warnings: scores.warnings };
}

/** A design without strata; rows that aren't usable, and usable rows without a weight, have each their reason. */
export function unstratified(
  method: string,
  patterns: Patterns,
  weights: Float64Array,
  usable: Uint8Array,
  unweighted = "its weight is zero",
): MatchedDesign {
  const reasonOf = (p: number) => {
    if (!((patterns.rows[p] as number) > 0)) return -1;
    if (usable[p] !== 1) return 0;
    return weights[p] === 0 ? 1 : -1;
  };
  return {
    method,
    weights,
    stratum: new Int32Array(patterns.size).fill(-1),
    strata: null,
    reason: Int32Array.from(usable, (_, p) => reasonOf(p)),
    reasons: [UNKNOWN_COVARIATE, unweighted],
  };
}

/**
 * Both means and the influence of each row, the fit of the propensity score included (method.md, section 5):
 * a row's influence on the controls' mean is (1 - T) w (Y - mC) / W_C - c' I^-1 (T - e) x, c = -sum_C w (Y - mC) x / W_C.
 * Null where an arm has no rows with a weight.
 * @param within 1 for the patterns whose means are asked for; the fit still rests on all rows, and all move the means
 */
export function oddsInfluences(
  patterns: Patterns,
  design: OddsDesign,
  outcomes: Outcomes,
  within?: Uint8Array,
): MeanInfluences | null {
  const kept = weightsWithin(design.weights, within);
  const means = weightedMeans(patterns.arm, kept, outcomes);
  if (means === null) return null;
  const { linear, fit, design: matrix } = design.propensity;
  const residuals = kept.map((w, p) =>
    patterns.arm[p] === 1 || w === 0
      ? 0
      : (-w * ((outcomes.sum[p] as number) - (outcomes.rows[p] as number) * means.control)) / means.controlWeight,
  );
  const lever = designTimes(matrix, timesCovariance(fit.covariance, designTransposeTimes(matrix, residuals)));
  const influences = plainInfluences(patterns.arm, kept, means);
  for (let p = 0; p < patterns.size; p++) {
    if (design.weights[p] === 0) continue;
    const miss =
      patterns.arm[p] === 1 ? 1 / (1 + Math.exp(linear[p] as number)) : -1 / (1 + Math.exp(-(linear[p] as number)));
    const { constant } = influences.control.influence;
    constant[p] = (constant[p] as number) - miss * (lever[p] as number);
  }
  return influences;
}

/** The weights of the patterns kept, 0 elsewhere. */
export function weightsWithin(weights: Float64Array, within?: Uint8Array): Float64Array {
  return within === undefined ? weights : weights.map((w, p) => (within[p] === 1 ? w : 0));
}

interface Means {
  readonly treated: number;
  readonly control: number;
  readonly participants: number;
  readonly controlWeight: number;
}

/** Weighted means of both arms; null where one has no weight. */
export function weightedMeans(arm: Uint8Array, weights: Float64Array, { rows, sum }: Outcomes): Means | null {
  const weight = [0, 0];
  const total = [0, 0];
  for (let p = 0; p < arm.length; p++) {
    const a = arm[p] === 1 ? 1 : 0;
    weight[a] = (weight[a] as number) + (weights[p] as number) * (rows[p] as number);
    total[a] = (total[a] as number) + (weights[p] as number) * (sum[p] as number);
  }
  const [controlWeight, participants] = weight as [number, number];
  const [controls, treated] = total as [number, number];
  if (!(controlWeight > 0) || !(participants > 0)) return null;
  return { treated: treated / participants, control: controls / controlWeight, participants, controlWeight };
}

/** Influences with the weights taken as fixed: w (Y - mean) / W in each arm. */
export function plainInfluences(arm: Uint8Array, weights: Float64Array, means: Means) {
  const zeros = () => ({ slope: new Float64Array(arm.length), constant: new Float64Array(arm.length) });
  const treated = { mean: means.treated, influence: zeros() };
  const control = { mean: means.control, influence: zeros() };
  for (let p = 0; p < arm.length; p++) {
    const [{ mean, influence }, total] = arm[p] === 1 ? [treated, means.participants] : [control, means.controlWeight];
    influence.slope[p] = (weights[p] as number) / total;
    influence.constant[p] = (-mean * (weights[p] as number)) / total;
  }
  return { treated, control };
}

function timesCovariance(covariance: Float64Array, c: Float64Array): Float64Array {
  const k = c.length;
  return Float64Array.from(c, (_, a) => {
    let sum = 0;
    for (let b = 0; b < k; b++) sum += (covariance[a * k + b] as number) * (c[b] as number);
    return sum;
  });
}
