import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Patterns } from "../../src/evaluate/patterns.ts";
import { openSpecification } from "../../src/impact/specification.ts";
import type { Alternative } from "../../src/protocol/matching.ts";
import { aggregate, type PersonRow } from "../support/evaluate-oracle.ts";

const NAMES: Readonly<Record<string, string>> = { index_month: "index_month", a: "gender", b: "origin" };
const METHODS: readonly Alternative[] = [
  { method: "exact", on: ["gender", "origin"], relax: [] },
  { method: "exact", on: ["gender", "origin", "index_month"], relax: [["gender"]] },
  { method: "cem", on: ["gender"], cutpoints: {} },
  {
    method: "nearest",
    on: ["gender"],
    covariates: ["origin"],
    distance: "logit",
    ratio: 2,
    replace: false,
    order: "largest",
  },
  {
    method: "nearest",
    on: [],
    covariates: ["origin"],
    distance: "logit",
    ratio: 1,
    replace: true,
    order: "smallest",
  },
  {
    method: "nearest",
    on: ["gender"],
    covariates: ["origin"],
    distance: "logit",
    ratio: 2,
    replace: false,
    order: "closest",
  },
  { method: "optimal", on: ["gender"], covariates: ["origin"], distance: "logit", ratio: 2 },
  { method: "odds", covariates: ["gender", "origin"] },
  { method: "entropy", covariates: ["gender"], moments: 1 },
  { method: "aipw", covariates: ["gender", "origin"] },
];

const row = fc.record({
  person: fc.integer({ min: 0, max: 12 }),
  arm: fc.constantFrom(0 as const, 1 as const),
  month: fc.constantFrom(24168, 24169),
  a: fc.constantFrom("woman", "man"),
  b: fc.constantFrom("x", "y", "z"),
  y: fc.constantFrom(0, 1),
});

function run(rows: readonly PersonRow[], matching: Alternative) {
  const { patterns: plain, outcomes, recurrence } = aggregate(rows);
  const patterns: Patterns = {
    ...plain,
    covariates: plain.covariates.map((c) => ({ ...c, name: NAMES[c.name] ?? c.name })),
  };
  const opened = openSpecification({
    matching,
    error: "person",
    compared: ["gender"],
    verdicts: { matchedShare: 0.9, minimumPersons: 1 },
    patterns,
  });
  const arm = (wanted: number) => new Set(rows.filter((r) => r.arm === wanted).map((r) => r.person)).size;
  const both = new Set(rows.map((r) => r.person)).size;
  const answer = opened.conclude({
    outcomes,
    recurrence,
    persons: { both, treated: arm(1), control: arm(0) },
    deleted: null,
  });
  return { patterns, weights: opened.matched.weights, answer };
}

describe("a specification, by whatever method", () => {
  it.each(METHODS)("$method has controls' weights that sum to the participants matched, and never NaN", (matching) => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
        const { patterns, weights, answer } = run(rows, matching);
        const total = (arm: number) =>
          weights.reduce((sum, w, p) => sum + (patterns.arm[p] === arm ? w * (patterns.rows[p] ?? 0) : 0), 0);
        expect(total(0)).toBeCloseTo(total(1), 8);
        const { estimate, se, lower, upper } = answer.difference;
        for (const value of [estimate, se, lower, upper, answer.matchedShare, answer.largestSmd])
          expect(value === null || Number.isFinite(value)).toBe(true);
        if (estimate === null) expect(answer.verdicts.some(({ passed }) => !passed)).toBe(true);
        const lost = answer.unmatched.reduce((sum, { rows: n }) => sum + n, 0);
        const participants = rows.filter((r) => r.arm === 1).length;
        if (participants > 0) expect(lost).toBeCloseTo(participants * (1 - (answer.matchedShare ?? 0)), 8);
      }),
      { numRuns: 100, seed: 7 },
    );
  });

  it.each(METHODS)("$method gives the same whatever the order of rows", (matching) => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 10, maxLength: 40 }), (rows) => {
        const [one, other] = [run(rows, matching).answer, run(rows.toReversed(), matching).answer];
        // a fit that separates the arms has no finite end, and is left at 1e-5 or so
        expect(other.difference.estimate ?? 9).toBeCloseTo(one.difference.estimate ?? 9, 5);
        // an outcome that does not vary has an error of zero, or of what rounding leaves
        expect(other.difference.se ?? 0).toBeCloseTo(one.difference.se ?? 0, 5);
      }),
      { numRuns: 60, seed: 11 },
    );
  });

  it.each(METHODS)("$method answers nobody, one row and one arm with a verdict", (matching) => {
    const one: PersonRow = { person: 1, arm: 1, month: 24168, a: "woman", b: "x", y: 1 };
    for (const rows of [[], [one], [one, { ...one, person: 2 }], [{ ...one, arm: 0 as const }]]) {
      const { answer } = run(rows, matching);
      expect(answer.difference.estimate).toBeNull();
      expect(answer.verdicts.some(({ passed }) => !passed)).toBe(true);
    }
  });
});
