import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mahalanobisPoints } from "../../src/evaluate/distance-mahalanobis.ts";
import { squaredDistance } from "../../src/evaluate/distance-tree.ts";
import { matchNearest } from "../../src/evaluate/nearest.ts";
import { matchOptimal, type OptimalDesign, type OptimalSettings } from "../../src/evaluate/optimal.ts";
import { assign } from "../../src/evaluate/optimal-assignment.ts";
import { assignOnLine } from "../../src/evaluate/optimal-line.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";

interface Person {
  readonly treated: boolean;
  readonly block: number;
  readonly x: number;
  readonly z: number;
}

const value = fc.integer({ min: -20, max: 20 }).map((eighths) => eighths / 8);
const person = fc.record({ treated: fc.boolean(), block: fc.integer({ min: 0, max: 1 }), x: value, z: value });

describe("optimal matching", () => {
  it("has the least sum of distances of all matches of as many pairs, on a score and in space, 1:1 and 1:k", () => {
    fc.assert(
      fc.property(fc.array(person, { maxLength: 11 }), fc.integer({ min: 1, max: 3 }), (persons, ratio) => {
        const patterns = patternsOf(persons);
        const score = Float64Array.from(persons, (p) => p.x);
        const points = mahalanobisPoints(patterns, TERMS);
        const cases: [OptimalSettings["distance"], (a: number, b: number) => number][] = [
          [{ kind: "given", score }, (a, b) => Math.abs((score[a] ?? 0) - (score[b] ?? 0))],
          [{ kind: "mahalanobis", terms: TERMS }, (a, b) => Math.sqrt(squaredDistance(points, a, b))],
        ];
        for (const [distance, between] of cases) {
          const design = matched(patterns, { distance, ratio, exact: ["block"] });
          const best = [0, 1].map((block) => bestOfAll(persons, block, ratio, between));
          expect(design.total).toBeCloseTo((best[0]?.total ?? 0) + (best[1]?.total ?? 0), 9);
          expect(design.pairs.size).toBe((best[0]?.pairs ?? 0) + (best[1]?.pairs ?? 0));
          expect(new Set(design.pairs.control).size).toBe(design.pairs.size);
        }
      }),
      { numRuns: 150, seed: 21 },
    );
  });

  it("is the same sum by the pass over a line and by augmenting paths", () => {
    const scores = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 60 });
    fc.assert(
      fc.property(scores, scores, (one, other) => {
        const [few, many] = [one, other].sort((a, b) => a.length - b.length).map((s) => Float64Array.from(s).sort());
        if (few === undefined || many === undefined) return;
        const cost = (i: number, j: number) => Math.abs((few[i] ?? 0) - (many[j] ?? 0));
        const total = (partner: Int32Array) => partner.reduce((sum, j, i) => sum + cost(i, j), 0);
        expect(total(assignOnLine(few, many))).toBeCloseTo(total(assign(few.length, many.length, cost)), 9);
      }),
      { numRuns: 100, seed: 22 },
    );
  });

  it("is never farther in sum than nearest matching", () => {
    fc.assert(
      fc.property(fc.array(person, { minLength: 20, maxLength: 80 }), (persons) => {
        const patterns = patternsOf(persons);
        const distance = { kind: "given", score: Float64Array.from(persons, (p) => p.x) } as const;
        const optimal = matched(patterns, { distance });
        const nearest = matchNearest(patterns, { distance });
        if (typeof nearest === "string" || nearest.pairs.size !== optimal.pairs.size) throw new Error("other pairs");
        const sum = nearest.pairs.distance.reduce((total, d) => total + d, 0);
        expect(optimal.total).toBeLessThanOrEqual(sum + 1e-9);
      }),
      { numRuns: 100, seed: 23 },
    );
  });

  it("answers for nobody, one person, one arm and people all alike", () => {
    const one = { treated: true, block: 0, x: 1, z: 1 };
    const score = (n: number) => ({ kind: "given", score: new Float64Array(n) }) as const;
    expect(matched(patternsOf([]), { distance: score(0) }).pairs.size).toBe(0);
    expect(matched(patternsOf([one]), { distance: score(1) }).pairs.size).toBe(0);
    expect(matchOptimal(patternsOf([one]), { distance: { kind: "logit" } })).toBe("one arm is empty");
    const alike = Array.from({ length: 900 }, (_, i) => ({ ...one, treated: i % 3 === 0 }));
    for (const distance of [score(900), { kind: "mahalanobis", terms: TERMS } as const]) {
      const design = matched(patternsOf(alike), { distance, ratio: 5 });
      expect([design.pairs.size, design.total]).toEqual([600, 0]);
      expect(design.weights.filter((w) => w === 0.5)).toHaveLength(600);
    }
  });

  it("refuses a block too large to compare everybody, and says how large it is", () => {
    const many = Array.from({ length: 60_000 }, (_, i) => ({ treated: i % 3 === 0, block: 0, x: i, z: 0 }));
    const distance = { kind: "given", score: Float64Array.from(many, (p) => p.x) } as const;
    expect(matchOptimal(patternsOf(many), { distance })).toMatchObject({
      reason: "too large",
      participants: 20_000,
      controls: 40_000,
      comparisons: 8e8,
    });
  });
});

const TERMS = [{ covariate: "x" }, { covariate: "z" }];

function matched(patterns: Patterns, settings: OptimalSettings): OptimalDesign {
  const design = matchOptimal(patterns, settings);
  if (typeof design === "string" || !("weights" in design)) throw new Error("no match");
  return design;
}

/** Tries every assignment: each participant (or, where they are fewer, each control) takes turns to choose. */
function bestOfAll(
  persons: readonly Person[],
  block: number,
  ratio: number,
  between: (a: number, b: number) => number,
) {
  const units = (treated: boolean) =>
    [...persons.keys()].filter((u) => persons[u]?.treated === treated && persons[u]?.block === block);
  const [treated, controls] = [units(true), units(false)];
  if (treated.length === 0 || controls.length === 0) return { total: 0, pairs: 0 };
  const copies = Math.max(1, Math.min(ratio, Math.floor(controls.length / treated.length)));
  const [few, many] = controls.length < treated.length ? [controls, treated] : [treated, controls];
  const choosers = few.flatMap((unit) => Array.from({ length: copies }, () => unit));
  const least = (from: number, free: readonly number[]): number => {
    const unit = choosers[from];
    if (unit === undefined) return 0;
    return Math.min(
      ...free.map(
        (other) =>
          between(unit, other) +
          least(
            from + 1,
            free.filter((f) => f !== other),
          ),
      ),
    );
  };
  return { total: least(0, many), pairs: choosers.length };
}

function patternsOf(persons: readonly Person[]): Patterns {
  const numeric = (name: "x" | "z") => ({
    kind: "numeric" as const,
    name,
    values: Float64Array.from(persons, (p) => p[name]),
  });
  return {
    size: persons.length,
    arm: Uint8Array.from(persons, (p) => (p.treated ? 1 : 0)),
    month: new Int32Array(persons.length),
    covariates: [
      numeric("x"),
      numeric("z"),
      { kind: "categorical", name: "block", levels: ["a", "b"], codes: Int32Array.from(persons, (p) => p.block) },
    ],
    rows: new Float64Array(persons.length).fill(1),
  };
}
