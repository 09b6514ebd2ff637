import pmf from "@stdlib/stats-base-dists-hypergeometric-pmf";
import type { Reason } from "./answer.ts";
import { chiSquareUpper } from "./distributions.ts";
import { twoSidedP } from "./normal.ts";
import { possible } from "./proportions.ts";
import type { TwoArms } from "./two-proportions.ts";

/** A test's statistic and two-sided p-value; null with a reason where nothing varies. */
export interface TestAnswer {
  readonly statistic: number | null;
  readonly p: number | null;
  readonly reason: Reason | null;
}

/** The pooled z test of equal proportions, (p1 - p2) / sqrt(p q (1/n1 + 1/n2)); its square is Pearson's chi-squared. */
export function scoreTest(arms: TwoArms): TestAnswer {
  const { problem, gap, scale, pooled } = pooledParts(arms);
  if (problem !== null) return noTest(problem);
  const z = gap / Math.sqrt(pooled * (1 - pooled) * scale);
  return { statistic: z, p: twoSidedP(z), reason: null };
}

/** Pearson's chi-squared with Yates's correction of min(1/2, |d| / (1/n1 + 1/n2)), as R's `prop.test`. */
export function yatesTest(arms: TwoArms): TestAnswer {
  const { problem, gap, scale, pooled } = pooledParts(arms);
  if (problem !== null) return noTest(problem);
  const correction = Math.min(0.5, Math.abs(gap) / scale) * scale;
  const statistic = (Math.abs(gap) - correction) ** 2 / (pooled * (1 - pooled) * scale);
  return { statistic, p: chiSquareUpper(statistic, 1), reason: null };
}

/**
 * Fisher's exact test, two-sided: the probability, given the margins, of all tables at most as probable as this one
 * (1 + 1e-7 of slack for ties, as R). The statistic is the conditional maximum-likelihood odds ratio: null, "unbounded",
 * where the table is at the upper end of its support. Whole counts only; 1 where only one table is possible.
 */
export function fisherTest({ participants, controls }: TwoArms): TestAnswer {
  if (participants.size === 0 || controls.size === 0) return noTest("empty-arm");
  const whole = [participants, controls].every((arm) => Number.isInteger(arm.events) && Number.isInteger(arm.size));
  if (!whole || !possible(participants) || !possible(controls)) return noTest("impossible-input");
  const events = participants.events + controls.events;
  const total = participants.size + controls.size;
  const low = Math.max(0, events - controls.size);
  const high = Math.min(events, participants.size);
  const support = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const probabilities = support.map((x) => pmf(x, total, events, participants.size));
  const limit = (probabilities[participants.events - low] ?? 0) * (1 + 1e-7);
  const p = probabilities.reduce((sum, probability) => (probability <= limit ? sum + probability : sum), 0);
  const odds = conditionalOddsRatio(participants.events, support, probabilities);
  return { statistic: odds, p: Math.min(1, p), reason: odds === null ? "unbounded" : null };
}

/** The odds ratio under which the expected count, given the margins, is the one seen; 0 and infinity at the ends. */
function conditionalOddsRatio(seen: number, support: readonly number[], probabilities: readonly number[]) {
  if (seen === support[0]) return 0;
  if (seen === support.at(-1)) return null;
  let [low, high] = [-50, 50];
  for (let step = 0; step < 100; step++) {
    const middle = (low + high) / 2;
    if (tiltedMean(middle, support, probabilities) < seen) low = middle;
    else high = middle;
  }
  return Math.exp((low + high) / 2);
}

function tiltedMean(logOdds: number, support: readonly number[], probabilities: readonly number[]): number {
  const logs = support.map((x, i) => Math.log(probabilities[i] ?? 0) + x * logOdds);
  const top = logs.reduce((most, value) => Math.max(most, value), -Infinity);
  const weights = logs.map((value) => Math.exp(value - top));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.reduce((sum, weight, i) => sum + weight * (support[i] ?? 0), 0) / total;
}

function noTest(reason: Reason): TestAnswer {
  return { statistic: null, p: null, reason };
}

function pooledParts({ participants, controls }: TwoArms) {
  const scale = 1 / participants.size + 1 / controls.size;
  const pooled = (participants.events + controls.events) / (participants.size + controls.size);
  const gap = participants.events / participants.size - controls.events / controls.size;
  return { problem: problemOf(participants, controls, pooled), gap, scale, pooled };
}

function problemOf(participants: TwoArms["participants"], controls: TwoArms["controls"], pooled: number) {
  if (participants.size === 0 || controls.size === 0) return "empty-arm" as const;
  if (!possible(participants) || !possible(controls)) return "impossible-input" as const;
  return pooled === 0 || pooled === 1 ? ("no-variation" as const) : null;
}
