import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchNearest } from "../../src/evaluate/nearest.ts";
import {
  matchNearestTieAveraged,
  type TieAveragedDesign,
  type TieAveragedSettings,
} from "../../src/evaluate/nearest-patterns.ts";
import { blockPatterns, type ScoredPattern } from "../support/matching-patterns.ts";

type Choices = Omit<TieAveragedSettings, "distance">;

const score = fc.integer({ min: -9, max: 9 }).map((quarters) => quarters / 4);
const pattern = fc.record({
  treated: fc.boolean(),
  block: fc.nat({ max: 1 }),
  score,
  rows: fc.integer({ min: 1, max: 5 }),
});
const choices: fc.Arbitrary<Choices> = fc
  .record({
    ratio: fc.integer({ min: 1, max: 3 }),
    replace: fc.boolean(),
    caliper: fc.constantFrom(undefined, 0.25, 1),
    order: fc.constantFrom("largest" as const, "smallest" as const, "closest" as const),
  })
  .map(({ caliper, ...others }) => ({ ...others, exact: ["block"], ...(caliper === undefined ? {} : { caliper }) }));

describe("nearest matching on patterns, tie-averaged", () => {
  it("gives controls weights that sum to the participants matched", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 30 }), choices, (list, settings) => {
        const design = averaged(list, settings);
        const total = (treated: boolean) =>
          list.reduce((sum, p, i) => sum + (p.treated === treated ? p.rows * (design.weights[i] ?? 0) : 0), 0);
        expect(total(true)).toBeCloseTo(design.matchedParticipants, 9);
        expect(total(false)).toBeCloseTo(design.matchedParticipants, 9);
        list.forEach(({ treated }, i) => {
          const weight = design.weights[i] ?? 0;
          expect((design.reason[i] ?? -1) >= 0).toBe(treated ? weight < 1 - 1e-9 : weight === 0);
        });
      }),
      { numRuns: 300, seed: 31 },
    );
  });

  it("is the same whether rows of a pattern come together or one by one, and in whatever order", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 25 }), choices, (list, settings) => {
        const together = averaged(list, settings);
        const single = list
          .flatMap((p, i) => Array.from({ length: p.rows }, () => ({ ...p, rows: 1, of: i })))
          .reverse();
        const apart = averaged(single, settings);
        single.forEach(({ of }, i) => {
          expect(apart.weights[i]).toBeCloseTo(together.weights[of] ?? Number.NaN, 9);
        });
      }),
      { numRuns: 200, seed: 32 },
    );
  });

  it("is the match of persons where no two are as near", () => {
    const distinct = fc.uniqueArray(fc.integer({ min: -5000, max: 5000 }), { maxLength: 40 });
    fc.assert(
      fc.property(distinct, fc.infiniteStream(fc.boolean()), choices, (scores, treated, settings) => {
        // Irrational steps: no two differences are equal.
        const list = scores.map((s) => ({
          treated: treated.next().value === true,
          block: 0,
          score: Math.cbrt(s) + s / 7,
          rows: 1,
        }));
        const persons = matchNearest(blockPatterns(list), { ...settings, distance: given(list) });
        if (typeof persons === "string") throw new Error(persons);
        const design = averaged(list, settings);
        list.forEach((_, i) => {
          expect(design.weights[i]).toBeCloseTo(persons.weights[i] ?? Number.NaN, 9);
        });
      }),
      { numRuns: 200, seed: 33 },
    );
  });

  it("spreads one match over all rows that tie, on both sides", () => {
    const list = [row(true, 0, 1), row(false, -1, 3), row(false, 1, 1), row(false, 2, 9)];
    expect(Array.from(averaged(list, {}).weights)).toEqual([1, 0.25, 0.25, 0]);
  });

  it("matches a part of a pattern when controls run out, and says how many", () => {
    const design = averaged([row(true, 0, 4), row(true, -1, 2), row(false, 0, 3)], {});
    expect(Array.from(design.weights)).toEqual([0.75, 0, 1]);
    expect(design.matchedParticipants).toBe(3);
    expect(design.reasons[design.reason[1] ?? -1]).toBe("every control of the block is already used");
  });

  it("answers for nobody, one row, one arm and a million rows alike", () => {
    for (const list of [[], [row(true, 0, 1)], [row(false, 0, 7)]])
      expect(averaged(list, {}).matchedParticipants).toBe(0);
    expect(Array.from(averaged([row(true, 0, 1e4), row(false, 0, 1e6)], {}).weights)).toEqual([1, 0.01]);
    expect(matchNearestTieAveraged(blockPatterns([row(true, 0, 1)]), { distance: { kind: "logit" } })).toBe(
      "one arm is empty",
    );
  });
});

function row(treated: boolean, at: number, rows: number): ScoredPattern {
  return { treated, block: 0, score: at, rows };
}

function given(list: readonly ScoredPattern[]) {
  return { kind: "given", score: Float64Array.from(list, (p) => p.score) } as const;
}

function averaged(list: readonly ScoredPattern[], settings: Choices): TieAveragedDesign {
  const design = matchNearestTieAveraged(blockPatterns(list), { ...settings, distance: given(list) });
  if (typeof design === "string") throw new Error(design);
  return design;
}
