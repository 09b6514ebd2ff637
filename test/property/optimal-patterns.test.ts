import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchOptimal } from "../../src/evaluate/optimal.ts";
import { matchOptimalTieAveraged } from "../../src/evaluate/optimal-patterns.ts";
import { blockPatterns, type ScoredPattern } from "../support/matching-patterns.ts";

const pattern: fc.Arbitrary<ScoredPattern> = fc.record({
  treated: fc.boolean(),
  block: fc.nat({ max: 1 }),
  score: fc.integer({ min: -9, max: 9 }).map((quarters) => quarters / 4),
  rows: fc.integer({ min: 0, max: 5 }),
});

const given = (list: readonly ScoredPattern[]) =>
  ({ kind: "given", score: Float64Array.from(list, (p) => p.score) }) as const;

function averaged(list: readonly ScoredPattern[], ratio: number) {
  const design = matchOptimalTieAveraged(blockPatterns(list), { distance: given(list), ratio, exact: ["block"] });
  if (typeof design === "string" || !("weights" in design)) throw new Error("no design");
  return design;
}

const oneByOne = (list: readonly ScoredPattern[]) =>
  list.flatMap((p, of) => Array.from({ length: p.rows }, () => ({ ...p, rows: 1, of })));

describe("optimal matching on patterns, tie-averaged", () => {
  it("has the total distance of the best match of persons, 1:1 and 1:k", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 14 }), fc.integer({ min: 1, max: 3 }), (list, ratio) => {
        const single = oneByOne(list);
        const persons = matchOptimal(blockPatterns(single), { distance: given(single), ratio, exact: ["block"] });
        if (typeof persons === "string" || !("weights" in persons)) throw new Error("no match");
        expect(averaged(list, ratio).total).toBeCloseTo(persons.total, 9);
      }),
      { numRuns: 200, seed: 41 },
    );
  });

  it("gives controls weights that sum to the participants matched, and every unmatched pattern a reason", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 30 }), fc.integer({ min: 1, max: 3 }), (list, ratio) => {
        const design = averaged(list, ratio);
        const total = (treated: boolean) =>
          list.reduce((sum, p, i) => sum + (p.treated === treated ? p.rows * (design.weights[i] ?? 0) : 0), 0);
        expect(total(false)).toBeCloseTo(total(true), 9);
        list.forEach(({ treated, rows }, i) => {
          const weight = design.weights[i] ?? 0;
          expect(weight).toBeLessThan(treated ? 1 + 1e-9 : Number.POSITIVE_INFINITY);
          if (rows > 0) expect((design.reason[i] ?? -1) >= 0).toBe(treated ? weight < 1 - 1e-9 : weight === 0);
        });
      }),
      { numRuns: 200, seed: 42 },
    );
  });

  it("is the same whether rows of a pattern come together or one by one, and in whatever order", () => {
    fc.assert(
      fc.property(fc.array(pattern, { maxLength: 20 }), fc.integer({ min: 1, max: 2 }), (list, ratio) => {
        const together = averaged(list, ratio);
        const single = oneByOne(list).reverse();
        const apart = averaged(single, ratio);
        single.forEach(({ of }, i) => {
          expect(apart.weights[i]).toBeCloseTo(together.weights[of] ?? Number.NaN, 9);
        });
      }),
      { numRuns: 150, seed: 43 },
    );
  });

  it("says that a block is too large to compare everybody in it", () => {
    const row = (treated: boolean, rows: number) => ({ treated, block: 0, score: 0, rows });
    const list = [row(true, 40_000), row(false, 1e6)];
    expect(matchOptimalTieAveraged(blockPatterns(list), { distance: given(list) })).toMatchObject({
      reason: "too large",
      participants: 40_000,
      controls: 1e6,
    });
  });
});
