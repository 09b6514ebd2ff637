import { expect, it } from "vitest";
import { attackedLevels, foundIn, given } from "../support/regrouped-editions.ts";
import { regroupedLevels } from "../support/regrouped-levels.ts";

const PAIRS = Array.from({ length: 60 }, (_, i) => 1000 + i);

it.each(["placement_rate", "declared_job"])(
  "D6: of 60 pairs of editions between which levels were regrouped, hardly one gives %s away, and none as declared",
  async (metric) => {
    const pairOf = (seed: number) => regroupedLevels(seed, metric);
    const guessed = await attackedLevels(pairOf, PAIRS, "figures");
    const declared = await attackedLevels(pairOf, PAIRS, "levels");
    expect(given(guessed).length).toBeLessThanOrEqual(PAIRS.length / 30);
    expect(given(declared)).toEqual([]);
    for (const pairs of [guessed, declared]) {
      const leaks = given(pairs);
      const wrong = foundIn(pairs).filter((seed) => !leaks.includes(seed));
      expect(wrong.length).toBeLessThanOrEqual(PAIRS.length / 30);
    }
  },
);
