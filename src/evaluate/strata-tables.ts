import type { Sample } from "./errors.ts";
import type { TwoArms } from "./two-proportions.ts";

/**
 * The 2 x 2 table of each stratum that holds both arms, in the order of strata: rows with a weight, and placements among
 * them, not weighted.
 * @param stratum of each pattern, -1 where unmatched
 */
export function tablesByStratum({ patterns, weights, outcomes }: Sample, stratum: Int32Array): readonly TwoArms[] {
  const found = new Map<number, { participants: Cell; controls: Cell }>();
  for (let p = 0; p < patterns.size; p++) {
    const s = stratum[p] ?? -1;
    const n = outcomes.rows[p] ?? 0;
    if (s < 0 || !((weights[p] ?? 0) > 0) || !(n > 0)) continue;
    const table = found.get(s) ?? { participants: { events: 0, size: 0 }, controls: { events: 0, size: 0 } };
    found.set(s, table);
    const cell = patterns.arm[p] === 1 ? table.participants : table.controls;
    cell.size += n;
    cell.events += outcomes.sum[p] ?? 0;
  }
  return [...found]
    .sort(([one], [other]) => one - other)
    .map(([, table]) => table)
    .filter(({ participants, controls }) => participants.size > 0 && controls.size > 0);
}

interface Cell {
  events: number;
  size: number;
}
