import { armMeans, type Effect, type EffectSettings, effectOf, type Parts } from "./effect.ts";
import type { Sample } from "./errors.ts";

/**
 * What the second pass hands back, summed over persons g; A_ga = sum of w (y - mean_a) over the person's rows in arm a,
 * w_ga = sum of w, x_ga = A_ga / (W_a - w_ga). From the engine: it alone sees persons.
 */
export interface DeletedSums {
  /** sum x_gT^2, sum x_gC^2, sum x_gT x_gC. */
  readonly tt: number;
  readonly cc: number;
  readonly tc: number;
  /** Persons who hold all of an arm's weight: without them there is no mean. */
  readonly wholeArm: number;
}

/** Sums of one person by arm, for engines that hand persons over one by one. */
export interface PersonSums {
  readonly influenceT: number;
  readonly weightT: number;
  readonly influenceC: number;
  readonly weightC: number;
}

/** CR3's sums from persons' sums and the arms' total weights. */
export function deletedSums(persons: Iterable<PersonSums>, totalT: number, totalC: number): DeletedSums {
  let [tt, cc, tc, wholeArm] = [0, 0, 0, 0];
  for (const { influenceT, weightT, influenceC, weightC } of persons) {
    if (weightT >= totalT || weightC >= totalC) {
      wholeArm++;
      continue;
    }
    const x = influenceT / (totalT - weightT);
    const y = influenceC / (totalC - weightC);
    tt += x * x;
    cc += y * y;
    tc += x * y;
  }
  return { tt, cc, tc, wholeArm };
}

/**
 * The effect with CR3 by person: sum over g of [x_gT - x_gC]^2, the jackknife that leaves one person out at a time
 * around the full estimate. More cautious than CR1 where few persons carry much of the weight.
 */
export function effectByDeletion(sample: Sample, sums: DeletedSums, settings: EffectSettings = {}): Effect {
  const means = armMeans(sample, settings.within);
  const exists = sums.wholeArm === 0 && means.weight.every((w) => w > 0);
  const parts: Parts | null = exists ? { tt: sums.tt, cc: sums.cc, tc: sums.tc } : null;
  return effectOf(sample, means, { type: "CR3", parts }, settings);
}
