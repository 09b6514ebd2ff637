import type { Sample } from "./errors.ts";
import type { TwoArms } from "./two-proportions.ts";

/**
 * The 2 x 2 table of each stratum that holds both arms, in the order of strata: rows with a weight, and placements among
 * them, not weighted.
 * @param stratum of each pattern, -1 where unmatched
 */
export function tablesByStratum({ patterns, weights, outcomes }: Sample, stratum: Int32Array): readonly TwoArms[] {
  let count = 0;
  for (let p = 0; p < stratum.length; p++) count = Math.max(count, (stratum[p] as number) + 1);
  // two places a stratum: controls, participants
  const size = new Float64Array(2 * count);
  const events = new Float64Array(2 * count);
  for (let p = 0; p < patterns.size; p++) {
    const s = stratum[p] as number;
    if (s < 0 || !((weights[p] as number) > 0)) continue;
    const at = 2 * s + (patterns.arm[p] === 1 ? 1 : 0);
    size[at] = (size[at] as number) + (outcomes.rows[p] as number);
    events[at] = (events[at] as number) + (outcomes.sum[p] as number);
  }
  const tables: TwoArms[] = [];
  const arm = (at: number) => ({ events: events[at] as number, size: size[at] as number });
  for (let at = 0; at < 2 * count; at += 2)
    if ((size[at] as number) > 0 && (size[at + 1] as number) > 0)
      tables.push({ participants: arm(at + 1), controls: arm(at) });
  return tables;
}
