import { inverse, Matrix } from "ml-matrix";
import { describe, expect, it } from "vitest";
import { estimateEffect } from "../../src/evaluate/effect.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import { effectByStrata } from "../../src/evaluate/strata-errors.ts";
import { effectsByLevel, heterogeneity, holmOver, type Levels } from "../../src/evaluate/subgroups.ts";
import { agrees } from "../support/evaluate-lalonde.ts";
import { aggregate, oracleWeights, type PersonRow } from "../support/evaluate-oracle.ts";
import { recurringRows } from "../support/evaluate-rows.ts";

const ON = { on: ["index_month", "a", "b"] };

const rowsOf = (seed: number, persons = 70): PersonRow[] => recurringRows(seed, persons, 400, 3);

function sampleOf(rows: readonly PersonRow[]) {
  const { patterns, outcomes, recurrence } = aggregate(rows);
  return { patterns, outcomes, recurrence, weights: matchExact(patterns, ON).weights };
}

function levelsOf(patterns: ReturnType<typeof sampleOf>["patterns"], name: string): Levels {
  const found = patterns.covariates.find((c) => c.name === name);
  if (found?.kind !== "categorical") throw new Error(`no levels of ${name}`);
  return { names: found.levels, of: found.codes };
}

/** Level effects and their covariance, person by person: A_g = sum of w (y - mean) / W in each cell. */
function oracleQ(rows: readonly PersonRow[], levelOf: (row: PersonRow) => string): { q: number; effects: number[] } {
  const weights = oracleWeights(rows);
  const kept = rows.map((row, i) => ({ ...row, w: weights[i] ?? 0 })).filter((row) => row.w > 0);
  const levels = [...new Set(kept.map(levelOf))].sort();
  const cell = (row: PersonRow): string => `${levelOf(row)}/${row.arm}`;
  const mean = (name: string): { m: number; W: number } => {
    const here = kept.filter((row) => cell(row) === name);
    const W = here.reduce((t, row) => t + row.w, 0);
    return { m: here.reduce((t, row) => t + row.w * row.y, 0) / W, W };
  };
  const means = new Map([...new Set(kept.map(cell))].map((name) => [name, mean(name)]));
  const people = [...new Set(kept.map((row) => row.person))];
  const influence = (person: number, level: string): number =>
    kept
      .filter((row) => row.person === person && levelOf(row) === level)
      .reduce((t, row) => {
        const { m, W } = means.get(cell(row)) ?? { m: 0, W: 1 };
        return t + ((row.arm === 1 ? 1 : -1) * row.w * (row.y - m)) / W;
      }, 0);
  const n = kept.length;
  const g = people.length;
  const factor = ((g / (g - 1)) * (n - 1)) / (n - 2 * levels.length);
  const A = new Matrix(people.map((person) => levels.map((level) => influence(person, level))));
  const V = A.transpose().mmul(A).mul(factor);
  const effects = levels.map((level) => (means.get(`${level}/1`)?.m ?? 0) - (means.get(`${level}/0`)?.m ?? 0));
  const C = new Matrix(levels.slice(1).map((_, j) => levels.map((_level, k) => (k === 0 ? -1 : k === j + 1 ? 1 : 0))));
  const d = C.mmul(Matrix.columnVector(effects));
  const q = d
    .transpose()
    .mmul(inverse(C.mmul(V).mmul(C.transpose())))
    .mmul(d)
    .get(0, 0);
  return { q, effects };
}

describe("heterogeneity between levels", () => {
  it.each([1, 2, 3, 4, 5])("equals the test made person by person, with levels that share persons: seed %i", (seed) => {
    const rows = rowsOf(seed);
    const sample = sampleOf(rows);
    const weights = oracleWeights(rows);
    const persons = new Set(rows.filter((_, i) => (weights[i] ?? 0) > 0).map((row) => row.person)).size;
    for (const [name, of] of [
      ["b", (r: PersonRow) => r.b],
      ["a", (r: PersonRow) => r.a],
    ] as const) {
      const levels = levelsOf(sample.patterns, name);
      const found = heterogeneity(sample, levels, { persons });
      const oracle = oracleQ(rows, of);
      expect(agrees(found.q, oracle.q, 1e-8)).toBe(true);
      expect(found.freedom).toBe(levels.names.length - 1);
      effectsByLevel(sample, levels, { persons: levels.names.map(() => 50) }).forEach(({ effect }, k) => {
        expect(agrees(effect.difference.estimate, oracle.effects[k] ?? Number.NaN)).toBe(true);
      });
    }
  });

  it("differs when shared persons are ignored", () => {
    const rows = rowsOf(1, 12);
    const sample = sampleOf(rows);
    const levels = levelsOf(sample.patterns, "a");
    const clustered = heterogeneity(sample, levels, { persons: 12, errors: "CR0" });
    const plain = heterogeneity(sample, levels, { errors: "HC0" });
    expect(Math.abs((clustered.q ?? 0) / (plain.q ?? 0) - 1)).toBeGreaterThan(0.05);
  });

  it("has no answer with one level, and leaves out levels without an error", () => {
    const rows = rowsOf(6);
    const sample = sampleOf(rows);
    const { patterns } = sample;
    const one = { names: ["all"], of: new Int32Array(patterns.size) };
    expect(heterogeneity(sample, one, { persons: 60 })).toEqual({ q: null, freedom: null, p: null, levels: ["all"] });
    const b = levelsOf(patterns, "b");
    const withEmpty = { names: [...b.names, "nobody"], of: b.of };
    expect(heterogeneity(sample, withEmpty, { persons: 60 })).toEqual(heterogeneity(sample, b, { persons: 60 }));
  });
});

describe("heterogeneity between five levels", () => {
  it("has an answer whatever the order in which covariances are summed", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { patterns, ...sample } = sampleOf(rowsOf(seed, 200));
      const levels = { names: ["p", "q", "r", "s", "t"], of: Int32Array.from(patterns.arm, (_, p) => (p * 7) % 5) };
      expect(heterogeneity({ patterns, ...sample }, levels, { persons: 200 }).freedom).toBeGreaterThan(2);
    }
  });
});

describe("a family of subgroups", () => {
  it("has Holm's p-values, null where an effect has none", () => {
    const sample = sampleOf(rowsOf(7));
    const all = estimateEffect(sample, { persons: 60 });
    const none = estimateEffect({ ...sample, weights: sample.weights.map(() => 0) });
    const [first, second, third] = holmOver([all, none, all]);
    expect(first).toBeCloseTo(Math.min(1, 2 * (all.difference.p ?? 0)), 12);
    expect(second).toBeNull();
    expect(third).toBe(first);
  });
});

describe("the matched error on strata", () => {
  it("equals its formula, row by row", () => {
    const rows = rowsOf(8);
    const aggregated = aggregate(rows);
    const design = matchExact(aggregated.patterns, ON);
    const sample = { patterns: aggregated.patterns, outcomes: aggregated.outcomes, weights: design.weights };
    const { difference } = effectByStrata(sample, design.stratum, "matched");
    const key = (row: PersonRow): string => `${row.month}/${row.a}/${row.b}`;
    const w = oracleWeights(rows);
    const kept = rows.filter((_, i) => (w[i] ?? 0) > 0);
    const average = (of: readonly PersonRow[]): number => of.reduce((t, row) => t + row.y, 0) / of.length;
    const controls = (s: string) => kept.filter((row) => key(row) === s && row.arm === 0);
    const treated = kept.filter((row) => row.arm === 1);
    const tau = average(treated) - treated.reduce((t, row) => t + average(controls(key(row))), 0) / treated.length;
    const squares = (of: readonly PersonRow[]): number => of.reduce((t, row) => t + (row.y - average(of)) ** 2, 0);
    const strata = [...new Set(kept.map(key))];
    const pooled =
      strata.reduce((t, s) => t + squares(controls(s)), 0) / strata.reduce((t, s) => t + controls(s).length - 1, 0);
    let sum = treated.reduce((t, row) => t + (row.y - average(controls(key(row))) - tau) ** 2, 0);
    for (const s of strata) {
      const nT = treated.filter((row) => key(row) === s).length;
      const of = controls(s);
      sum += (nT * (nT - 1) * (of.length > 1 ? squares(of) / (of.length - 1) : pooled)) / of.length;
    }
    expect(agrees(difference.estimate, tau)).toBe(true);
    expect(agrees(difference.se, Math.sqrt(sum) / treated.length)).toBe(true);
  });
});
