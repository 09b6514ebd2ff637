import { type Answer, intervalOf, noInterval } from "./answer.ts";
import { betaLowerQuantile } from "./distributions.ts";
import { zOfLevel } from "./normal.ts";

/** One arm of a comparison: how many of `size` had the event (were placed). Not necessarily whole when weighted. */
export interface Arm {
  readonly events: number;
  readonly size: number;
}

/** An interval for one proportion at a confidence level. */
type ProportionInterval = (arm: Arm, level?: number) => Answer;

/**
 * Wilson's score interval, (p + z2/2n +- z sqrt(p q/n + z2/4n2)) / (1 + z2/n), never outside 0-1 (Wilson 1927).
 * `size` may be an effective size: see `equivalentSize`.
 */
export const wilson: ProportionInterval = guarded(({ events, size }, z) => wilsonOf(events / size, size, z));

/** Wilson with a continuity correction of min(1/2, |x - n/2|), as R's `prop.test`. */
export const wilsonCorrected: ProportionInterval = guarded(({ events, size }, z) => {
  const correction = Math.min(0.5, Math.abs(events - size / 2));
  const below = (events - correction) / size;
  const above = (events + correction) / size;
  return [below <= 0 ? 0 : wilsonLimit(below, size, -z), above >= 1 ? 1 : wilsonLimit(above, size, z)];
});

/** p +- z sqrt(p q / n). Leaves 0-1 and has no width at 0 and 1: for comparison only. */
const wald: ProportionInterval = guarded(({ events, size }, z) => {
  const p = events / size;
  const half = z * Math.sqrt((p * (1 - p)) / size);
  return [p - half, p + half];
});

/** Wald's interval after adding z2/2 events and z2/2 non-events; may leave 0-1 (Agresti and Coull 1998). */
const agrestiCoull: ProportionInterval = guarded(({ events, size }, z) => {
  const n = size + z * z;
  const p = (events + (z * z) / 2) / n;
  const half = z * Math.sqrt((p * (1 - p)) / n);
  return [p - half, p + half];
});

/** The exact interval: beta quantiles, never under the nominal coverage (Clopper and Pearson 1934). */
const clopperPearson: ProportionInterval = guarded(({ events, size }, _, tail) => [
  events <= 0 ? 0 : betaLowerQuantile(tail, events, size - events + 1),
  events >= size ? 1 : 1 - betaLowerQuantile(tail, size - events, events + 1),
]);

/** Quantiles of beta(x + 1/2, n - x + 1/2), with 0 at no events and 1 at all (Brown, Cai and DasGupta 2001). */
const jeffreys: ProportionInterval = guarded(({ events, size }, _, tail) => [
  events <= 0 ? 0 : betaLowerQuantile(tail, events + 0.5, size - events + 0.5),
  events >= size ? 1 : 1 - betaLowerQuantile(tail, size - events + 0.5, events + 0.5),
]);

/** The intervals for one proportion by name. */
export const proportionIntervals = {
  wald,
  wilson,
  wilson_cc: wilsonCorrected,
  clopper_pearson: clopperPearson,
  agresti_coull: agrestiCoull,
  jeffreys,
} as const satisfies Record<string, ProportionInterval>;

/**
 * The size that a simple random sample would need for the same variance of a weighted or clustered rate:
 * p (1 - p) / V(p). At a rate of 0 or 1, or without a variance, `kish`: (sum W)^2 / sum W^2 over persons.
 */
function equivalentSize(rate: number, variance: number | null, kish: number): number {
  const spread = rate * (1 - rate);
  return spread > 0 && variance !== null && variance > 0 ? spread / variance : kish;
}

/** Wilson's interval of a weighted or clustered rate, at its effective size. */
export function wilsonOfRate(rate: number, variance: number | null, kish: number, level = 0.95): Answer {
  const size = equivalentSize(rate, variance, kish);
  if (!possible({ events: rate * size, size })) return noInterval(size === 0 ? "empty-arm" : "impossible-input");
  return intervalOf(...wilsonOf(rate, size, zOfLevel(level)));
}

/** Whether an arm's counts can be: some size, events between none and all. */
export function possible({ events, size }: Arm): boolean {
  return size > 0 && Number.isFinite(size) && events >= 0 && events <= size;
}

function guarded(limits: (arm: Arm, z: number, tail: number) => readonly [number, number]): ProportionInterval {
  return (arm, level = 0.95) => {
    if (arm.size === 0) return noInterval("empty-arm");
    if (!possible(arm)) return noInterval("impossible-input");
    return intervalOf(...limits(arm, zOfLevel(level), (1 - level) / 2));
  };
}

/** Wilson's lower limit with -z, the upper with z. */
function wilsonLimit(p: number, n: number, z: number): number {
  const z2 = z ** 2;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const reach = (z / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return Math.min(1, Math.max(0, centre + reach));
}

/** Exactly 0 or 1 where the proportion is. */
function wilsonOf(p: number, n: number, z: number): readonly [number, number] {
  return [p <= 0 ? 0 : wilsonLimit(p, n, -z), p >= 1 ? 1 : wilsonLimit(p, n, z)];
}
