import type { Interval } from "./intervals.ts";
import { zOfLevel } from "./normal.ts";

/**
 * `passed`: the interval lies within +-delta. `failed`: it doesn't, and it excludes 0, so the groups differed before.
 * `inconclusive`: it holds 0 and reaches beyond delta. `not-informative`: there is no interval, for nothing varies.
 */
type PlaceboOutcome = "passed" | "failed" | "inconclusive" | "not-informative";

/**
 * Limits of the 90 % interval, not of the 95 % that effects have: two one-sided tests at 5 %. Null where there is no
 * error to make it of.
 */
export interface PlaceboVerdict extends Interval {
  readonly outcome: PlaceboOutcome;
  /** The interval's limit that is further from 0, without its sign: what is held against delta. */
  readonly reach: number | null;
}

/** Holds the 90 % interval of a difference before the programme against +-delta (two one-sided tests at 5 %). */
export function placeboVerdict(estimate: number | null, se: number | null, delta: number): PlaceboVerdict {
  if (estimate === null || se === null || !(se > 0))
    return { outcome: "not-informative", lower: null, upper: null, reach: null };
  const half = zOfLevel(0.9) * se;
  const [lower, upper] = [estimate - half, estimate + half];
  const reach = Math.max(Math.abs(lower), Math.abs(upper));
  if (reach <= delta) return { outcome: "passed", lower, upper, reach };
  return { outcome: lower > 0 || upper < 0 ? "failed" : "inconclusive", lower, upper, reach };
}
