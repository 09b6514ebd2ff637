import { Z95 } from "./normal.ts";

/** Limits at 95 % unless a function says otherwise; both null where there is no error to make them of. */
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
