import { describe, expect, it } from "vitest";
import { estimateEffect } from "../../src/evaluate/effect.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { aggregate, type PersonRow } from "../support/evaluate-oracle.ts";
import { uniform } from "../support/random.ts";

const REPLICATES = 400;

/**
 * 150 persons over six months: 90 who start in one of them, 60 jobseekers who are at risk in all of them. Everybody has
 * a frailty that lasts, so a jobseeker's six rows say little more than one. Nobody gains from starting: the truth is 0.
 */
function smallPool(seed: number): PersonRow[] {
  const draw = uniform(seed);
  return Array.from({ length: 150 }, (_, person) => {
    const arm = person < 90 ? 1 : 0;
    const a = draw() < 0.5 ? "low" : "high";
    const frailty = draw() < (a === "low" ? 0.35 : 0.6) ? 0.95 : 0.05;
    const months = arm === 1 ? [Math.floor(draw() * 6)] : [0, 1, 2, 3, 4, 5];
    return months.map((month): PersonRow => {
      return { person, arm, month: 24000 + month, a, b: "all", y: draw() < frailty ? 1 : 0 };
    });
  }).flat();
}

function coverage(): Readonly<Record<"CR1" | "HC3", number>> {
  const covered = { CR1: 0, HC3: 0 };
  for (let seed = 1; seed <= REPLICATES; seed++) {
    const { patterns, outcomes, recurrence } = aggregate(smallPool(seed));
    const { weights } = matchExact(patterns, { on: ["index_month", "a"] });
    for (const errors of ["CR1", "HC3"] as const) {
      const { difference } = estimateEffect({ patterns, outcomes, recurrence, weights }, { errors, persons: 150 });
      if ((difference.lower ?? 1) <= 0 && (difference.upper ?? -1) >= 0) covered[errors]++;
    }
  }
  return { CR1: covered.CR1 / REPLICATES, HC3: covered.HC3 / REPLICATES };
}

describe("95 % intervals over small pools of recurring persons", () => {
  const band = 3.2905 * Math.sqrt((0.95 * 0.05) / REPLICATES);
  const found = coverage();

  it("cover the truth as often as they say when clustered by person", () => {
    expect(Math.abs(found.CR1 - 0.95)).toBeLessThan(band);
  });

  it("cover it too rarely when a person is taken for as many as his or her rows", () => {
    expect(found.HC3).toBeLessThan(0.95 - band);
  });
});
