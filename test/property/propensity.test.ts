import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { highsSolver, type Solver } from "../../src/disclose/solver.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";
import { propensity } from "../../src/evaluate/propensity.ts";

interface Row {
  readonly arm: 0 | 1;
  readonly x: number;
  readonly level: number;
  readonly rows: number;
}

const bit = fc.constantFrom(0 as const, 1 as const);
const row = fc.record({
  arm: bit,
  x: fc.integer({ min: -4, max: 4 }),
  level: fc.nat({ max: 2 }),
  rows: fc.integer({ min: 1, max: 9 }),
});
const table = fc.array(row, { minLength: 1, maxLength: 30 });

let solve: Solver;
beforeAll(async () => {
  solve = await highsSolver();
});

describe("a propensity score", () => {
  it("meets its score equations: expected and observed participants agree, in all, by level, and weighted by x", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const scores = propensity(patternsOf(rows));
        if (typeof scores === "string" || !scores.fit.converged) return;
        const gap = (of: (r: Row) => number) =>
          rows.reduce((sum, r, i) => sum + r.rows * (r.arm - (scores.probability[i] ?? 0)) * of(r), 0);
        expect(gap(() => 1)).toBeCloseTo(0, 6);
        expect(gap((r) => r.x)).toBeCloseTo(0, 6);
        for (const level of [0, 1, 2]) expect(gap((r) => (r.level === level ? 1 : 0))).toBeCloseTo(0, 6);
      }),
      { numRuns: 300, seed: 41 },
    );
  });

  it("always ends: converged, or separated, and never with a number that is none", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const scores = propensity(patternsOf(rows));
        if (typeof scores === "string") return;
        expect(scores.fit.converged).toBe(scores.fit.separation === null);
        expect(scores.linear.every(Number.isFinite)).toBe(true);
        for (const value of [...scores.fit.coefficients, ...scores.fit.errors])
          expect(value === null || Number.isFinite(value)).toBe(true);
      }),
      { numRuns: 300, seed: 42 },
    );
  });

  it("is separated by one number exactly when the arms' ranges don't overlap, completely when they don't touch", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const scores = propensity(patternsOf(rows), { terms: [{ covariate: "x" }] });
        if (typeof scores === "string" || new Set(rows.map((r) => r.x)).size === 1) return;
        const of = (arm: number) => rows.filter((r) => r.arm === arm).map((r) => r.x);
        const gap = Math.max(Math.min(...of(1)) - Math.max(...of(0)), Math.min(...of(0)) - Math.max(...of(1)));
        expect(scores.fit.separation?.kind ?? null).toBe(gap > 0 ? "complete" : gap === 0 ? "quasi" : null);
      }),
      { numRuns: 300, seed: 43 },
    );
  });

  it("is separated by several covariates exactly when a linear programme finds what parts the arms", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(table, (rows) => {
        const scores = propensity(patternsOf(rows));
        if (typeof scores === "string") return;
        kinds.add(scores.fit.separation?.kind ?? "none");
        expect(scores.fit.separation !== null).toBe(parted(rows) > 1e-7);
      }),
      { numRuns: 300, seed: 45 },
    );
    expect([...kinds].toSorted()).toEqual(["complete", "none", "quasi"]);
  });

  it("doesn't depend on the order of rows, nor on whether they come together", () => {
    fc.assert(
      fc.property(table, (rows) => {
        const together = propensity(patternsOf(rows));
        const single = rows.flatMap((r, of) => Array.from({ length: r.rows }, () => ({ ...r, rows: 1, of }))).reverse();
        const apart = propensity(patternsOf(single));
        if (typeof together === "string" || typeof apart === "string") expect(apart).toBe(together);
        else if (!together.fit.converged) expect(apart.fit.separation?.kind).toBe(together.fit.separation?.kind);
        else
          single.forEach(({ of }, i) => {
            expect(apart.probability[i]).toBeCloseTo(together.probability[of] ?? Number.NaN, 8);
          });
      }),
      { numRuns: 200, seed: 44 },
    );
  });
});

/** How far rows can be moved to the side of their arm, none of them to the other: 0 where the likelihood has a maximum. */
function parted(rows: readonly Row[]): number {
  const sides = rows.map(({ arm, x, level }) => {
    const side = arm === 1 ? 1 : -1;
    return [1, x, level === 1 ? 1 : 0, level === 2 ? 1 : 0].map((value, j) => [j, side * value] as const);
  });
  const { objective } = solve({
    ...{ sense: "maximize", isWhole: false, lower: [-1, -1, -1, -1], upper: [1, 1, 1, 1] },
    objective: [0, 1, 2, 3].map((j) => [j, sides.reduce((sum, terms) => sum + (terms[j]?.[1] ?? 0), 0)] as const),
    rows: sides.map((terms) => ({ terms, lower: 0, upper: Number.POSITIVE_INFINITY })),
  });
  return objective;
}

function patternsOf(rows: readonly Row[]): Patterns {
  return {
    size: rows.length,
    arm: Uint8Array.from(rows, (r) => r.arm),
    month: new Int32Array(rows.length),
    covariates: [
      { kind: "numeric", name: "x", values: Float64Array.from(rows, (r) => r.x) },
      { kind: "categorical", name: "level", levels: ["a", "b", "c"], codes: Int32Array.from(rows, (r) => r.level) },
    ],
    rows: Float64Array.from(rows, (r) => r.rows),
  };
}
