import type { MatchedDesign } from "../../src/evaluate/design.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { type Found, foundOf, ON, robust } from "./methods.ts";
import type { Shaped } from "./shape.ts";
import { MONTHS } from "./worlds.ts";

/*
 * Wrong turns that look right: each must break the check that exists to catch it. "No clustering" is exact with HC3 in
 * the small pool of controls who recur, and "own month" is a world of its own (worlds.ts).
 */

/** The weight of a pattern, rows x weight, where the weight of one row belongs. */
export function rowsTimesWeight({ patterns }: Shaped, { weights }: MatchedDesign): Float64Array {
  return weights.map((w, p) => w * (patterns.rows[p] ?? 0));
}

/** Each year's control weights on the scale that sums to its controls: years then count by controls, not participants. */
export function scaledByYear({ patterns }: Shaped, { weights }: MatchedDesign): Float64Array {
  const year = (p: number): number => ((patterns.month[p] ?? 0) % 12 < MONTHS / 2 ? 1 : 0);
  const controls = [0, 0];
  const total = [0, 0];
  for (let p = 0; p < patterns.size; p++) {
    const n = patterns.rows[p] ?? 0;
    if (patterns.arm[p] === 1 || !((weights[p] ?? 0) > 0)) continue;
    controls[year(p)] = (controls[year(p)] ?? 0) + n;
    total[year(p)] = (total[year(p)] ?? 0) + n * (weights[p] ?? 0);
  }
  return weights.map((w, p) => (patterns.arm[p] === 1 ? w : (w * (controls[year(p)] ?? 0)) / (total[year(p)] ?? 1)));
}

/** Both wrong weights, with the error that is right for right weights. */
export function byTwins(shaped: Shaped): Found[] {
  const design = matchExact(shaped.patterns, { on: ON });
  const wrong = [
    ["rows x weight", rowsTimesWeight(shaped, design)],
    ["scaled by year", scaledByYear(shaped, design)],
  ] as const;
  return wrong.map(([name, weights]) => foundOf(name, "CR1", robust(shaped, weights, "CR1"), weights));
}
