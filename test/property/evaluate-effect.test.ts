import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { designCounts } from "../../src/evaluate/design.ts";
import { estimateEffect } from "../../src/evaluate/effect.ts";
import { effectiveSize } from "../../src/evaluate/effective-size.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { agrees } from "../support/evaluate-lalonde.ts";
import { aggregate, oracleRegression, oracleWeights, type PersonRow } from "../support/evaluate-oracle.ts";

const ON = { on: ["index_month", "a", "b"] };

const personRow: fc.Arbitrary<PersonRow> = fc.record({
  person: fc.integer({ min: 0, max: 25 }),
  arm: fc.constantFrom<0 | 1>(0, 0, 1),
  month: fc.constantFrom(24000, 24001),
  a: fc.constantFrom("low", "high"),
  b: fc.constantFrom("woman", "man", "other"),
  y: fc.constantFrom(0, 1),
});
const sampleRows = fc.array(personRow, { minLength: 1, maxLength: 80, size: "max" });
const RUNS = { numRuns: 200, seed: 20141 };

/** A matched sample whose errors exist: both arms, more than one row each, some variance. */
function sampleOf(rows: readonly PersonRow[]) {
  const { patterns, outcomes, recurrence } = aggregate(rows);
  const { weights } = matchExact(patterns, ON);
  return { patterns, outcomes, recurrence, weights };
}

const personsMatched = (rows: readonly PersonRow[], weights: readonly number[]): number =>
  new Set(rows.filter((_, i) => (weights[i] ?? 0) > 0).map((row) => row.person)).size;

const numbersIn = (value: unknown): number[] =>
  typeof value === "number"
    ? [value]
    : value !== null && typeof value === "object"
      ? Object.values(value).flatMap(numbersIn)
      : [];

describe("effects from patterns", () => {
  it("equal the weighted regression of persons, with errors clustered by person where persons recur", () => {
    let compared = 0;
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const w = oracleWeights(rows);
        const persons = personsMatched(rows, w);
        for (const errors of ["CR0", "CR1", "HC0", "HC3"] as const) {
          const effect = estimateEffect(sampleOf(rows), { errors, persons });
          if (effect.difference.se === null) continue;
          const people = rows.map((row) => row.person);
          const oracle = oracleRegression(rows, w, people, errors);
          compared++;
          expect(agrees(effect.difference.estimate, oracle.difference)).toBe(true);
          expect(agrees(effect.rates.control.estimate, oracle.control)).toBe(true);
          expect(agrees(effect.difference.se, oracle.se, 1e-8)).toBe(true);
        }
      }),
      RUNS,
    );
    expect(compared).toBeGreaterThan(300);
  });

  it("differ from errors that ignore recurring persons", () => {
    const rows = recurring();
    const clustered = estimateEffect(sampleOf(rows), { errors: "CR0", persons: 10 });
    const plain = estimateEffect(sampleOf(rows), { errors: "HC0" });
    expect(clustered.difference.se).toBeGreaterThan(1.2 * (plain.difference.se ?? Number.POSITIVE_INFINITY));
  });

  it("break when a pattern's weight is multiplied by its rows", () => {
    const rows = recurring();
    const sample = sampleOf(rows);
    const inflated = sample.weights.map((w, p) => w * (sample.patterns.rows[p] ?? 0));
    const oracle = oracleRegression(rows, oracleWeights(rows), [], "HC3");
    expect(agrees(estimateEffect(sample, { errors: "HC3" }).difference.se, oracle.se)).toBe(true);
    expect(agrees(estimateEffect({ ...sample, weights: inflated }, { errors: "HC3" }).difference.se, oracle.se)).toBe(
      false,
    );
  });

  it("do not depend on the order of rows, nor on whether a pattern is one row or many", () => {
    fc.assert(
      fc.property(sampleRows, fc.infiniteStream(fc.nat()), (rows, shuffle) => {
        const shuffled = rows
          .map((row) => ({ row, at: shuffle.next().value ?? 0 }))
          .sort((one, two) => one.at - two.at)
          .map(({ row }) => row);
        const single = aggregate(rows, true);
        const { weights } = matchExact(single.patterns, ON);
        const persons = personsMatched(rows, oracleWeights(rows));
        const expected = numbersIn(estimateEffect(sampleOf(rows), { persons }));
        for (const other of [sampleOf(shuffled), { ...single, weights }]) {
          const found = numbersIn(estimateEffect(other, { persons }));
          expect(found).toHaveLength(expected.length);
          found.forEach((value, i) => {
            expect(agrees(value, expected[i] ?? Number.NaN, 1e-7)).toBe(true);
          });
        }
      }),
      RUNS,
    );
  });

  it("do not move when controls without a participant are added", () => {
    fc.assert(
      fc.property(sampleRows, fc.nat({ max: 5 }), (rows, extra) => {
        const irrelevant = Array.from({ length: extra }, (_, i): PersonRow => {
          return { person: 1000 + i, arm: 0, month: 24007, a: "low", b: "man", y: 1 };
        });
        const persons = personsMatched(rows, oracleWeights(rows));
        expect(numbersIn(estimateEffect(sampleOf([...rows, ...irrelevant]), { persons }))).toEqual(
          numbersIn(estimateEffect(sampleOf(rows), { persons })),
        );
      }),
      RUNS,
    );
  });

  it("never hold NaN or infinity, whatever the sample", () => {
    fc.assert(
      fc.property(fc.array(personRow, { maxLength: 12 }), (rows) => {
        for (const errors of ["HC0", "HC1", "HC2", "HC3", "CR0", "CR1"] as const) {
          const effect = estimateEffect(sampleOf(rows), { errors, persons: new Set(rows.map((r) => r.person)).size });
          expect(numbersIn(effect).every(Number.isFinite)).toBe(true);
          expect(effect.difference.se === null).toBe(effect.verdicts.length > 0);
        }
      }),
      { ...RUNS, numRuns: 500 },
    );
  });
});

describe("exact matching", () => {
  it("gives controls' weights that sum to the matched participants, and each unmatched participant a reason", () => {
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const { patterns } = aggregate(rows);
        const counts = designCounts(patterns, matchExact(patterns, ON));
        expect(counts.weight.treated).toBe(counts.matched.treated);
        expect(counts.weight.control).toBeCloseTo(counts.matched.treated, 9);
        expect(counts.unmatched.reduce((total, { rows: n }) => total + n, 0)).toBe(
          counts.rows.treated - counts.matched.treated,
        );
      }),
      RUNS,
    );
  });

  it("counts effective persons by each person's total weight", () => {
    fc.assert(
      fc.property(sampleRows, (rows) => {
        const { patterns, recurrence } = aggregate(rows);
        const size = effectiveSize(patterns, matchExact(patterns, ON).weights, recurrence);
        const totals = new Map<number, number>();
        oracleWeights(rows).forEach((w, i) => {
          const row = rows[i];
          if (row?.arm === 0) totals.set(row.person, (totals.get(row.person) ?? 0) + w);
        });
        const sum = [...totals.values()].reduce((a, b) => a + b, 0);
        const squares = [...totals.values()].reduce((a, b) => a + b * b, 0);
        if (squares === 0) expect(size.control).toBeNull();
        else expect(agrees(size.control, sum ** 2 / squares)).toBe(true);
      }),
      RUNS,
    );
  });
});

/** Ten persons whose rows agree with one another, so that clustering matters. */
function recurring(): PersonRow[] {
  return Array.from({ length: 80 }, (_, i) => {
    const person = i % 10;
    const month = 24000 + (Math.floor(i / 10) % 2);
    return {
      person,
      arm: person < 4 ? 1 : 0,
      month,
      a: person % 3 === 0 ? "low" : "high",
      b: "man",
      y: person % 2 ? 1 : 0,
    };
  });
}
