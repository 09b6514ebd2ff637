import type { Interval } from "./intervals.ts";

/** Why statistics has no answer, as a code that wording turns into a sentence. */
export type Reason =
  /** Nobody in an arm, in a stratum, or at risk. */
  | "empty-arm"
  /** Nobody placed in an arm whose rate is a divisor, or in both. */
  | "no-events"
  /** Everybody placed in an arm whose odds are a divisor, or in both. */
  | "no-non-events"
  /** The limit is infinite: no finite ratio is ruled out on that side. */
  | "unbounded"
  /** Nothing varies, so there is no error to speak of. */
  | "no-variation"
  /** Too few units, strata or items for the formula. */
  | "too-few"
  /** Nobody was followed this far. */
  | "not-followed"
  /** A count, rate or weight outside its range. */
  | "impossible-input";

/** A confidence interval. A limit that isn't finite or isn't defined is null, and then there is a reason. */
export interface Answer extends Interval {
  readonly reason: Reason | null;
}

/** An estimate with its standard error and interval; null with a reason where there is none. */
export interface EstimateAnswer extends Answer {
  readonly estimate: number | null;
  readonly se: number | null;
}

/** No interval, and why. */
export function noInterval(reason: Reason): Answer {
  return { lower: null, upper: null, reason };
}

/** No estimate, and why. */
export function noEstimate(reason: Reason): EstimateAnswer {
  return { estimate: null, se: null, ...noInterval(reason) };
}

/** An interval whose infinite limits become null, "unbounded". */
export function intervalOf(lower: number, upper: number): Answer {
  if (Number.isNaN(lower) || Number.isNaN(upper)) return noInterval("no-variation");
  const finite = Number.isFinite(lower) && Number.isFinite(upper);
  return {
    lower: Number.isFinite(lower) ? lower : null,
    upper: Number.isFinite(upper) ? upper : null,
    reason: finite ? null : "unbounded",
  };
}

/** estimate +- z se. */
export function symmetric(estimate: number, se: number, z: number): EstimateAnswer {
  return { estimate, se, ...intervalOf(estimate - z * se, estimate + z * se) };
}

/** exp(log estimate +- z se), for ratios; `se` is that of the logarithm. */
export function onLogScale(estimate: number, se: number, z: number): EstimateAnswer {
  return { estimate, se, ...intervalOf(estimate * Math.exp(-z * se), estimate * Math.exp(z * se)) };
}
