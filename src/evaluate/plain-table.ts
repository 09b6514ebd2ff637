import type { Answer } from "./answer.ts";
import { armMeans } from "./effect.ts";
import type { Sample } from "./errors.ts";
import { differenceIntervals, type TwoArms } from "./two-proportions.ts";

/** The matched rows as one 2 x 2 table without weights, with intervals made for such tables (95 %). */
export interface PlainTable extends TwoArms {
  /**
   * Whether all rows of an arm weigh the same: then this difference is the effect's. Else it is that of the matched
   * rows as they stand, which the weights have not made alike.
   */
  readonly equalWeights: boolean;
  readonly difference: number;
  readonly newcombe: Answer;
  readonly miettinenNurminen: Answer;
  readonly agrestiCaffo: Answer;
}

/**
 * Placements and persons of both arms among the rows with a weight, and the difference's intervals by Newcombe,
 * Miettinen and Nurminen, and Agresti and Caffo, which keep their coverage in small arms.
 * Null where an arm is empty. The outcome has to be 0 or 1, and nobody may be in two rows.
 */
export function plainTable(sample: Sample): PlainTable | null {
  const means = armMeans(sample);
  const arm = (a: 0 | 1) => ({ events: means.sum[a] ?? 0, size: means.rows[a] ?? 0 });
  const arms = { participants: arm(0), controls: arm(1) };
  const { participants, controls } = arms;
  if (!(participants.size > 0 && controls.size > 0)) return null;
  return {
    ...arms,
    equalWeights: [0, 1].every((a) => isEqual(means.least[a] ?? 0, means.greatest[a] ?? 0)),
    difference: participants.events / participants.size - controls.events / controls.size,
    newcombe: differenceIntervals.newcombe(arms),
    miettinenNurminen: differenceIntervals.miettinen_nurminen(arms),
    agrestiCaffo: differenceIntervals.agresti_caffo(arms),
  };
}

/** But for rounding. */
const isEqual = (least: number, greatest: number): boolean => greatest - least <= 1e-12 * greatest;
