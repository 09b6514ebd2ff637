import { type EstimateAnswer, noEstimate, symmetric } from "./answer.ts";
import { zOfLevel } from "./normal.ts";
import type { Outcomes, Patterns, Recurrence } from "./patterns.ts";

/** What two models say of each pattern, one value a pattern. */
export interface AipwFits {
  /** Chance of being a participant. */
  readonly propensity: Float64Array;
  /** Mean outcome that the pattern would have among controls. */
  readonly controlMean: Float64Array;
}

/** Augmented inverse-probability estimate of the effect on participants. */
interface Aipw {
  readonly effect: EstimateAnswer;
  /** Mean outcome of participants, and what it would have been: their difference is the effect. */
  readonly participants: number | null;
  readonly counterfactual: number | null;
}

/**
 * The effect on participants, right if either model is: [sum over T of (Y - m0) - sum over C of o (Y - m0)] / nT with
 * o = e / (1 - e). Its error is that of the influence function [T (Y - m0 - tau) - (1 - T) o (Y - m0)] / nT, summed
 * within persons by `recurrence`, to first order free of the models' own errors; no small-sample factor.
 * After saturated exact matching it is the same number as the matched difference.
 */
export function aipw(
  patterns: Patterns,
  outcomes: Outcomes,
  fits: AipwFits,
  recurrence?: Recurrence,
  level = 0.95,
): Aipw {
  const total = totals(patterns, outcomes, fits);
  if (!(total.participants > 0) || !(total.controls > 0)) return unanswered("empty-arm");
  const participants = total.outcome / total.participants;
  const tau = (total.gapParticipants - total.gapControls) / total.participants;
  if (!Number.isFinite(tau)) return unanswered("impossible-input");
  const terms = termsOf(patterns, fits, tau, total.participants);
  const variance = squares(outcomes, terms) + (recurrence === undefined ? 0 : products(recurrence, terms));
  const effect = variance > 0 ? symmetric(tau, Math.sqrt(variance), zOfLevel(level)) : noError(tau);
  return { effect, participants, counterfactual: participants - tau };
}

function unanswered(reason: "empty-arm" | "impossible-input"): Aipw {
  return { effect: noEstimate(reason), participants: null, counterfactual: null };
}

function noError(estimate: number): EstimateAnswer {
  return { ...noEstimate("no-variation"), estimate };
}

function totals({ size, arm }: Patterns, { rows, sum }: Outcomes, { propensity, controlMean }: AipwFits) {
  const total = { participants: 0, controls: 0, outcome: 0, gapParticipants: 0, gapControls: 0 };
  for (let p = 0; p < size; p++) {
    const n = rows[p] ?? 0;
    if (n === 0) continue;
    const gap = (sum[p] ?? 0) - n * (controlMean[p] ?? Number.NaN);
    if (arm[p] === 1) {
      total.participants += n;
      total.outcome += sum[p] ?? 0;
      total.gapParticipants += gap;
    } else {
      total.controls += n;
      total.gapControls += odds(propensity[p]) * gap;
    }
  }
  return total;
}

function odds(propensity = Number.NaN): number {
  return propensity >= 0 && propensity <= 1 ? propensity / (1 - propensity) : Number.NaN;
}

/** The influence of a row with outcome y is factor (y - centre). */
interface Terms {
  readonly factor: Float64Array;
  readonly centre: Float64Array;
}

function termsOf(
  { size, arm }: Patterns,
  { propensity, controlMean }: AipwFits,
  tau: number,
  participants: number,
): Terms {
  const factor = new Float64Array(size);
  const centre = new Float64Array(size);
  for (let p = 0; p < size; p++) {
    const treated = arm[p] === 1;
    factor[p] = (treated ? 1 : -odds(propensity[p])) / participants;
    centre[p] = (controlMean[p] ?? 0) + (treated ? tau : 0);
  }
  return { factor, centre };
}

/** Sum over rows of the squared influence, from each pattern's rows, sum and sum of squares. */
function squares({ rows, sum, sumsq }: Outcomes, { factor, centre }: Terms): number {
  let total = 0;
  for (let p = 0; p < rows.length; p++) {
    const n = rows[p] ?? 0;
    if (n === 0) continue;
    const c = centre[p] ?? 0;
    total += (factor[p] ?? 0) ** 2 * Math.max(0, (sumsq[p] ?? 0) - 2 * c * (sum[p] ?? 0) + c * c * n);
  }
  return total;
}

/** Sum over ordered pairs of different rows of one person of the product of their influences. */
function products({ key1, key2, rows, sum1, sum2, sum12 }: Recurrence, { factor, centre }: Terms): number {
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const [p1, p2] = [key1[i] ?? 0, key2[i] ?? 0];
    const [c1, c2] = [centre[p1] ?? 0, centre[p2] ?? 0];
    const crossed = (sum12[i] ?? 0) - c2 * (sum1[i] ?? 0) - c1 * (sum2[i] ?? 0) + c1 * c2 * (rows[i] ?? 0);
    total += (factor[p1] ?? 0) * (factor[p2] ?? 0) * crossed;
  }
  return total;
}
