import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { balanceEntropy, type EntropyDesign, entropyInfluences } from "../../src/evaluate/entropy.ts";
import { type OddsDesign, oddsInfluences, weighByOdds } from "../../src/evaluate/odds.ts";
import { influenceCovariance, type MeanInfluences } from "../../src/evaluate/odds-influence.ts";
import type { Outcomes, Patterns, Recurrence } from "../../src/evaluate/patterns.ts";

/* The oracle: add a little of one row, fit and weigh anew, and see how far the means move. */

interface Person {
  readonly t: 0 | 1;
  readonly x: number;
  readonly level: number;
  readonly y: 0 | 1;
}

const bit = fc.constantFrom(0 as const, 1 as const);
const person = fc.record({ t: bit, x: fc.integer({ min: 0, max: 9 }), level: fc.integer({ min: 0, max: 2 }), y: bit });
const people = fc.array(person, { minLength: 30, maxLength: 60 });

const METHODS: Record<string, (patterns: Patterns, outcomes: Outcomes) => MeanInfluences | null> = {
  odds: (patterns, outcomes) => {
    const design = weighByOdds(patterns);
    const fit = typeof design === "string" ? null : design.propensity.fit;
    if (fit === null || !fit.converged || fit.separation !== null) return null;
    return oddsInfluences(patterns, design as OddsDesign, outcomes);
  },
  entropy: (patterns, outcomes) => {
    const design = balanceEntropy(patterns);
    if (!("weights" in design) || design.weights.some((w, p) => (patterns.rows[p] ?? 0) > 0 && w < 1e-3)) return null;
    return entropyInfluences(patterns, design as EntropyDesign, outcomes);
  },
};

describe.each(Object.entries(METHODS))("the influence of a row under %s", (_, estimate) => {
  it("is what the means move by when a little of that row is added and everything is fitted anew", () => {
    let checked = 0;
    fc.assert(
      fc.property(people, fc.nat({ max: 29 }), (persons, chosen) => {
        const base = estimate(...tablesOf(persons));
        if (base === null) return;
        const step = 1e-4;
        const [up, down] = [step, -step].map((added) => estimate(...tablesOf(persons, chosen, added)));
        if (!up || !down) return;
        checked++;
        for (const arm of ["treated", "control"] as const) {
          const { slope, constant } = base[arm].influence;
          const influence = (slope[chosen] ?? 0) * (persons[chosen]?.y ?? 0) + (constant[chosen] ?? 0);
          expect(Math.abs((up[arm].mean - down[arm].mean) / (2 * step) - influence)).toBeLessThan(2e-5);
        }
      }),
      { numRuns: 150, seed: 11 },
    );
    expect(checked).toBeGreaterThan(50);
  });

  it("has a covariance that counts a person's rows together, and rows of the same pattern as one by one", () => {
    fc.assert(
      fc.property(people, (persons) => {
        const [patterns, outcomes] = tablesOf(persons);
        const influences = estimate(patterns, outcomes);
        if (influences === null) return;
        const u = (arm: "treated" | "control", i: number) =>
          (influences[arm].influence.slope[i] ?? 0) * (persons[i]?.y ?? 0) +
          (influences[arm].influence.constant[i] ?? 0);
        let expected = 0;
        for (let i = 0; i < persons.length; i += 2)
          expected += (u("treated", i) + u("treated", i + 1)) * (u("control", i) + u("control", i + 1));
        const found = influenceCovariance(outcomes, influences, pairsOfNeighbours(persons)).both;
        expect(Math.abs(found - expected)).toBeLessThan(1e-12);
      }),
      { numRuns: 50, seed: 12 },
    );
  });
});

/** One pattern a person, with a little added to one of them. */
function tablesOf(persons: readonly Person[], chosen = -1, added = 0): [Patterns, Outcomes] {
  const rows = Float64Array.from(persons, (_, i) => (i === chosen ? 1 + added : 1));
  const sum = Float64Array.from(persons, (p, i) => p.y * (rows[i] ?? 0));
  const patterns: Patterns = {
    size: persons.length,
    arm: Uint8Array.from(persons, (p) => p.t),
    month: new Int32Array(persons.length),
    covariates: [
      { kind: "numeric", name: "x", values: Float64Array.from(persons, (p) => p.x) },
      { kind: "categorical", name: "level", levels: ["a", "b", "c"], codes: Int32Array.from(persons, (p) => p.level) },
    ],
    rows,
  };
  return [patterns, { definition: "y", after: 0, rows, sum, sumsq: sum }];
}

/** Rows 0 and 1 are one person, 2 and 3 the next. */
function pairsOfNeighbours(persons: readonly Person[]): Recurrence {
  const key1 = Int32Array.from({ length: persons.length - (persons.length % 2) }, (_, i) => i);
  const key2 = key1.map((i) => i ^ 1);
  const y = (i: number) => persons[i]?.y ?? 0;
  return {
    key1,
    key2,
    rows: Float64Array.from(key1, () => 1),
    sum1: Float64Array.from(key1, y),
    sum2: Float64Array.from(key2, y),
    sum12: Float64Array.from(key1, (i) => y(i) * y(i ^ 1)),
  };
}
