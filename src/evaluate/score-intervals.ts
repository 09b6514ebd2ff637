import { type Answer, intervalOf } from "./answer.ts";
import type { Arm } from "./proportions.ts";

/**
 * Score intervals: all the values of a contrast that the score test, with the error under that value, doesn't reject.
 * Solved by bisection to the last bit, since the statistic falls as the hypothetical value rises.
 * Both arms have at least one person (the caller checks).
 */

/** Miettinen and Nurminen's interval of the difference (1985): restricted likelihood, variance times N / (N - 1). */
export function miettinenNurminenInterval(one: Arm, two: Arm, z: number): Answer {
  return differenceInterval(one, two, z, correctionOf(one, two));
}

/** Mee's interval of the difference (1984): the same without the factor. */
export function meeInterval(one: Arm, two: Arm, z: number): Answer {
  return differenceInterval(one, two, z, 1);
}

/** The score interval of the risk ratio (Koopman 1984) with Miettinen and Nurminen's factor; 0 and infinity are limits. */
export function scoreRiskRatioInterval(one: Arm, two: Arm, z: number): Answer {
  const correction = correctionOf(one, two);
  const statistic = (logRatio: number) => riskRatioScore(one, two, Math.exp(logRatio), correction);
  return ratioInterval(statistic, z, one.events === 0, two.events === 0);
}

/**
 * The score interval of the odds ratio (Miettinen and Nurminen 1985) with the bias of the score taken off
 * (Laud 2018, erratum), as ratesci; 0 and infinity are limits.
 */
export function scoreOddsRatioInterval(one: Arm, two: Arm, z: number): Answer {
  const correction = correctionOf(one, two);
  const statistic = (logRatio: number) => oddsRatioScore(one, two, Math.exp(logRatio), correction);
  const noLower = one.events === 0 || two.events === two.size;
  const noUpper = two.events === 0 || one.events === one.size;
  return ratioInterval(statistic, z, noLower, noUpper);
}

/** The rates with the greatest likelihood among those that differ by `difference`: the root of a cubic (appendix of the 1985 paper). */
export function restrictedRates(one: Arm, two: Arm, difference: number): readonly [number, number] {
  const total = one.size + two.size;
  const events = one.events + two.events;
  const l2 = (one.size + 2 * two.size) * difference - total - events;
  const l1 = (two.size * difference - total - 2 * two.events) * difference + events;
  const l0 = two.events * difference * (1 - difference);
  const q = (l2 / (3 * total)) ** 3 - (l1 * l2) / (6 * total * total) + l0 / (2 * total);
  const p = Math.sign(q) * Math.sqrt(Math.max(0, (l2 / (3 * total)) ** 2 - l1 / (3 * total)));
  const cosine = p === 0 ? 0 : Math.min(1, Math.max(-1, q / p ** 3));
  const rate = 2 * p * Math.cos((Math.PI + Math.acos(cosine)) / 3) - l2 / (3 * total);
  const lower = Math.min(1, Math.max(0, -difference, rate));
  return [Math.min(1, Math.max(0, lower + difference)), lower];
}

function correctionOf(one: Arm, two: Arm): number {
  const total = one.size + two.size;
  return total > 1 ? total / (total - 1) : 1;
}

function differenceInterval(one: Arm, two: Arm, z: number, correction: number): Answer {
  const observed = one.events / one.size - two.events / two.size;
  const statistic = (difference: number) => {
    const [p1, p2] = restrictedRates(one, two, difference);
    return standardised(observed - difference, spread(p1, one.size) + spread(p2, two.size), correction);
  };
  return intervalOf(
    observed <= -1 ? -1 : crossing(statistic, z, -1, observed),
    observed >= 1 ? 1 : crossing(statistic, -z, observed, 1),
  );
}

function riskRatioScore(one: Arm, two: Arm, ratio: number, correction: number): number {
  const b = one.size * ratio + one.events + two.size + two.events * ratio;
  const events = one.events + two.events;
  const root = Math.sqrt(Math.max(0, b * b - 4 * (one.size + two.size) * ratio * events));
  const p2 = Math.min(1, 1 / ratio, (2 * events) / (b + root));
  const variance = spread(Math.min(1, p2 * ratio), one.size) + ratio * ratio * spread(p2, two.size);
  return standardised(one.events / one.size - (ratio * two.events) / two.size, variance, correction);
}

function oddsRatioScore(one: Arm, two: Arm, ratio: number, correction: number): number {
  const events = one.events + two.events;
  const b = one.size * ratio + two.size - events * (ratio - 1);
  const root = Math.sqrt(Math.max(0, b * b + 4 * two.size * (ratio - 1) * events));
  const p2 = (2 * events) / (b + root);
  const p1 = (p2 * ratio) / (1 + p2 * (ratio - 1));
  const [spread1, spread2] = [one.size * p1 * (1 - p1), two.size * p2 * (1 - p2)];
  const variance = 1 / spread1 + 1 / spread2;
  const bias = (p1 - p2) / (spread1 + spread2);
  return standardised((one.events - one.size * p1) * variance - bias, variance, correction);
}

function spread(rate: number, size: number): number {
  return (rate * (1 - rate)) / size;
}

function standardised(gap: number, variance: number, correction: number): number {
  if (gap === 0) return 0;
  return variance > 0 ? gap / Math.sqrt(variance * correction) : Math.sign(gap) * Infinity;
}

function ratioInterval(statistic: (log: number) => number, z: number, noLower: boolean, noUpper: boolean): Answer {
  return intervalOf(
    noLower ? 0 : Math.exp(crossing(statistic, z, -40, 40)),
    noUpper ? Infinity : Math.exp(crossing(statistic, -z, -40, 40)),
  );
}

/** Where a falling function passes `target`, within the bracket. */
function crossing(falling: (x: number) => number, target: number, from: number, to: number): number {
  let [low, high] = [from, to];
  for (let step = 0; step < 200; step++) {
    const middle = (low + high) / 2;
    if (middle <= low || middle >= high) break;
    if (falling(middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
