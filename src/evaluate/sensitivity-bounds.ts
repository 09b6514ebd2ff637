import { binomialUpper } from "./distributions.ts";
import type { Interval } from "./intervals.ts";

/** How strong an unmeasured confounder would have to be, on the risk-ratio scale with both treatment and outcome. */
export interface EValue {
  /** To explain away the estimate. */
  readonly point: number;
  /** To move the interval's nearer limit to 1; 1 where the interval holds 1 already; null without an interval. */
  readonly limit: number | null;
}

/**
 * E-values of a risk ratio and of its interval (VanderWeele and Ding 2017): RR + sqrt(RR (RR - 1)), of 1/RR below 1.
 * Null where there is no ratio, or it is 0.
 */
export function eValue(riskRatio: number | null, interval: Interval): EValue | null {
  if (riskRatio === null || !(riskRatio > 0) || !Number.isFinite(riskRatio)) return null;
  const nearer = riskRatio >= 1 ? interval.lower : interval.upper;
  if (nearer === null) return { point: eValueOf(riskRatio), limit: null };
  const excluded = riskRatio >= 1 ? nearer > 1 : nearer < 1 && nearer > 0;
  return { point: eValueOf(riskRatio), limit: excluded ? eValueOf(nearer) : 1 };
}

/** Matched pairs that differ in outcome. */
export interface DiscordantPairs {
  /** Participant placed, control not. */
  readonly participantOnly: number;
  readonly controlOnly: number;
}

/** One-sided p-values at a degree of hidden bias. */
export interface RosenbaumBound {
  /** How many times likelier one of a pair may have been to take part, for hidden reasons. */
  readonly gamma: number;
  /** The greatest and least p-value that such a bias allows, of the direction that the pairs favour. */
  readonly upper: number;
  readonly lower: number;
}

/**
 * Rosenbaum's bounds for matched pairs and a 0/1 outcome (McNemar's test): P(X >= D) with X binomial over the
 * discordant pairs and probability gamma / (1 + gamma), or its complement, D the larger of the two counts.
 * The R package rbounds takes P(X > D) and is off by one. No discordant pair: no bounds.
 */
export function rosenbaumBounds(pairs: DiscordantPairs, gammas: readonly number[]): RosenbaumBound[] {
  const discordant = pairs.participantOnly + pairs.controlOnly;
  if (!(discordant > 0)) return [];
  const favoured = Math.max(pairs.participantOnly, pairs.controlOnly);
  return gammas.map((gamma) => ({
    gamma,
    upper: binomialUpper(favoured, discordant, gamma / (1 + gamma)),
    lower: binomialUpper(favoured, discordant, 1 / (1 + gamma)),
  }));
}

/**
 * The least gamma at which the finding stops being significant at `alpha` (one-sided), to 1e-9; null where it isn't
 * significant without any hidden bias, or there is no discordant pair. Infinity is never met: the bound goes to 1.
 */
export function tippingGamma(pairs: DiscordantPairs, alpha = 0.025): number | null {
  const upperAt = (gamma: number) => rosenbaumBounds(pairs, [gamma])[0]?.upper ?? 1;
  if (upperAt(1) > alpha) return null;
  let [low, high] = [1, 2];
  while (upperAt(high) <= alpha) high *= 2;
  while (high - low > 1e-9 * low) {
    const middle = (low + high) / 2;
    if (upperAt(middle) <= alpha) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function eValueOf(ratio: number): number {
  const above = ratio >= 1 ? ratio : 1 / ratio;
  return above + Math.sqrt(above * (above - 1));
}
