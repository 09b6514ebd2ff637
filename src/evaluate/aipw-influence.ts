import type { AipwFits } from "./aipw.ts";
import type { MeanInfluences } from "./odds-influence.ts";
import type { Outcomes, Patterns } from "./patterns.ts";

/**
 * AIPW as two means, participants' and what theirs would have been, with every row's influence on each: their
 * difference and its error are those of `aipw`, and ratios of the two have an interval as well.
 * Participants' mean: T (Y - mT) / nT. What it would have been: [T (m0 - mC) + (1 - T) o (Y - m0)] / nT.
 * Rows whose fits aren't known take no part. Null where an arm is empty.
 * @param within 1 for the patterns to keep; the fits still rest on all
 */
export function aipwInfluences(
  patterns: Patterns,
  { propensity, controlMean }: AipwFits,
  { rows, sum }: Outcomes,
  within?: Uint8Array,
): MeanInfluences | null {
  const kept = Array.from(
    patterns.arm.keys(),
    (p) => within?.[p] !== 0 && (rows[p] ?? 0) > 0 && !Number.isNaN(propensity[p]) && !Number.isNaN(controlMean[p]),
  );
  const odds = propensity.map((e) => e / (1 - e));
  let [participants, controls, outcome, expected] = [0, 0, 0, 0];
  for (let p = 0; p < patterns.size; p++) {
    if (kept[p] !== true) continue;
    const [n, y, m0] = [rows[p] as number, sum[p] as number, controlMean[p] as number];
    if (patterns.arm[p] === 1) {
      participants += n;
      outcome += y;
      expected += n * m0;
    } else {
      controls += n;
      expected += (odds[p] as number) * (y - n * m0);
    }
  }
  if (!(participants > 0 && controls > 0) || !Number.isFinite(expected)) return null;
  const zeros = () => ({ slope: new Float64Array(patterns.size), constant: new Float64Array(patterns.size) });
  const treated = { mean: outcome / participants, influence: zeros() };
  const control = { mean: expected / participants, influence: zeros() };
  for (let p = 0; p < patterns.size; p++) {
    if (kept[p] !== true) continue;
    const m0 = controlMean[p] as number;
    const { influence } = control;
    if (patterns.arm[p] === 1) {
      treated.influence.slope[p] = 1 / participants;
      treated.influence.constant[p] = -treated.mean / participants;
      influence.constant[p] = (m0 - control.mean) / participants;
    } else {
      influence.slope[p] = (odds[p] as number) / participants;
      influence.constant[p] = (-(odds[p] as number) * m0) / participants;
    }
  }
  return { treated, control };
}
