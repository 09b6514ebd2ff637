import { Z95 } from "./normal.ts";

export interface Interval {
  readonly lower: number | null;
  readonly upper: number | null;
}

const NONE: Interval = { lower: null, upper: null };

/** estimate +- z se. */
export const zInterval = (estimate: number, se: number): Interval => ({
  lower: estimate - Z95 * se,
  upper: estimate + Z95 * se,
});

/** estimate x exp(+- z sqrt(variance of its logarithm)); null where that is not positive and finite. */
export function logInterval(estimate: number, variance: number): Interval {
  if (!(variance > 0) || !Number.isFinite(variance)) return NONE;
  const reach = Math.exp(Z95 * Math.sqrt(variance));
  return Number.isFinite(estimate * reach) ? { lower: estimate / reach, upper: estimate * reach } : NONE;
}

/**
 * Wilson's score interval of a proportion, ends kept within [0, 1] and exactly 0 or 1 where the proportion is.
 * @param n trials, or an effective number of them, n_eff = p(1-p)/V(p)
 */
export function wilson(p: number, n: number): Interval {
  if (!(n > 0) || !Number.isFinite(n)) return NONE;
  const z2 = Z95 ** 2;
  const centre = (p + z2 / (2 * n)) / (1 + z2 / n);
  const reach = (Z95 / (1 + z2 / n)) * Math.sqrt((p * (1 - p)) / n + z2 / (4 * n * n));
  return { lower: p <= 0 ? 0 : Math.max(0, centre - reach), upper: p >= 1 ? 1 : Math.min(1, centre + reach) };
}
