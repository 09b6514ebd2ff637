import { describe, expect, it } from "vitest";
import {
  balanceEntropy,
  type EntropyDesign,
  type EntropySettings,
  entropyInfluences,
} from "../../src/evaluate/entropy.ts";
import { influenceCovariance } from "../../src/evaluate/odds-influence.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";
import { outcomesOf } from "../support/matching-outcomes.ts";
import { fromRows, patternsFromRows } from "../support/matching-patterns.ts";
import { expectClose, number, referenceRows, text } from "../support/reference-values.ts";

/* Origin: Newton on the dual in R 4.2.2, first moments checked against the package ebal (test/reference/README.md). */

const COVARIATES = ["age", "education", "race", "married", "nodegree", "re74", "re75"];
const lalonde = referenceRows("lalonde.csv");
const patterns = fromRows(lalonde, "treat", COVARIATES);

describe.each([
  ["first", 1],
  ["second", 2],
] as const)("entropy balancing of %s moments on lalonde", (name, moments) => {
  const design = balanced(patterns, { moments });
  const summary = referenceRows("matching/ebal_summary.csv").find((row) => text(row, "moments") === name);
  if (summary === undefined) throw new Error(name);

  it("has the reference's weights, which sum to the participants", () => {
    const index = new Map(lalonde.map((row, i) => [text(row, "id"), i]));
    for (const row of referenceRows(`matching/ebal_${name}_weights.csv`))
      expectClose(design.weights[index.get(text(row, "id")) ?? -1], number(row, "weight"), text(row, "id"));
    const controls = design.weights.reduce((sum, w, i) => sum + (patterns.arm[i] === 1 ? 0 : w), 0);
    expectClose(controls, 185, "sum of weights");
  });

  it("gives controls the participants' moments to 1e-10 of a standard deviation", () => {
    expect(design.imbalance).toBeLessThan(1e-10);
    for (const row of referenceRows("matching/ebal_moments.csv").filter((r) => text(r, "moments") === name))
      expectClose(momentOf(design, text(row, "var")), number(row, "target"), text(row, "var"));
  });

  it("has the reference's effect", () => {
    const outcomes = outcomesOf(lalonde, "employed78");
    const influences = entropyInfluences(patterns, design, outcomes);
    if (influences === null) throw new Error("no effect");
    expectClose(influences.treated.mean - influences.control.mean, number(summary, "att_employed78"), "effect", 1e-8);
    const { treated, control, both } = influenceCovariance(outcomes, influences);
    expect(treated + control - 2 * both).toBeGreaterThan(0);
  });
});

describe("entropy balancing", () => {
  it("has the persons' weights on patterns", () => {
    const factors = ["race", "married", "nodegree", "age"];
    const persons = fromRows(lalonde, "treat", factors);
    const grouped = patternsFromRows(lalonde, "treat", factors);
    const [one, many] = [balanced(persons), balanced(grouped)];
    const key = (of: Patterns, p: number) =>
      of.covariates.map((c) => (c.kind === "numeric" ? c.values[p] : c.levels[c.codes[p] ?? -1])).join("|") + of.arm[p];
    const weightOf = new Map(Array.from(grouped.rows.keys(), (p) => [key(grouped, p), many.weights[p]]));
    one.weights.forEach((w, p) => {
      expectClose(weightOf.get(key(persons, p)), w, key(persons, p));
    });
  });

  it("says which moments cannot be met", () => {
    const one = toy([1, 0, 0], { x: [9, 1, 2], z: [1, 0, 2] });
    expect(balanceEntropy(one)).toEqual({ reason: "infeasible", moments: ["x"] });
    const corner = toy([1, 0, 0, 0], { x: [0.9, 0, 1, 0], z: [0.9, 0, 0, 1] });
    expect(balanceEntropy(corner)).toMatchObject({ reason: "infeasible" });
    expect(balanceEntropy(toy([1, 1], { x: [1, 2] }))).toEqual({ reason: "one arm is empty", moments: [] });
    expect(balanceEntropy(toy([], { x: [] }))).toEqual({ reason: "one arm is empty", moments: [] });
  });

  it("leaves out controls at a value that no participant has, with a reason", () => {
    const design = balanced(toy([1, 1, 0, 0, 0, 0], { x: [0, 0, 0, 1, 0, 1], age: [20, 30, 21, 25, 31, 18] }));
    expect(Array.from(design.weights, (w) => w > 0)).toEqual([true, true, true, false, true, false]);
    expect(design.reasons[design.reason[3] ?? -1]).toContain("no weight");
  });

  it("gives a reference level that no participant has no weight to speak of", () => {
    const levels = fromRows(
      ["1a", "1b", "1a", "0a", "0b", "0b", "00", "00"].map((code) => ({
        t: code.charAt(0),
        level: `l${code.charAt(1)}`,
      })),
      "t",
      ["level"],
    );
    const design = balanced(levels);
    expect(design.weights[6]).toBeLessThan(1e-9);
    expect(design.weights[3]).toBeCloseTo(2, 9);
  });

  it("leaves identical rows their equal weights", () => {
    const design = balanced(toy([1, 0], { x: [5, 5] }, [1e4, 99e4]));
    expectClose(design.weights[1], 1 / 99, "weight");
  });
});

function balanced(of: Patterns, settings: EntropySettings = {}): EntropyDesign {
  const design = balanceEntropy(of, settings);
  if (!("weights" in design)) throw new Error(`${design.reason}: ${design.moments.join(", ")}`);
  return design;
}

/** The controls' weighted mean of a moment, by the reference's name of it. */
function momentOf(design: EntropyDesign, name: string): number {
  const squares: Record<string, string> = { age2: "age", educ2: "education", re74sq: "re74", re75sq: "re75" };
  const source = squares[name] ?? name;
  const value = (row: Record<string, string>) =>
    source.startsWith("race")
      ? Number(row["race"] === source.slice(4))
      : Number(row[source]) ** (name in squares ? 2 : 1);
  const total = lalonde.reduce(
    (sum, row, i) => sum + (row["treat"] === "1" ? 0 : (design.weights[i] ?? 0) * value(row)),
    0,
  );
  return total / 185;
}

function toy(arm: readonly number[], columns: Record<string, readonly number[]>, rows?: readonly number[]): Patterns {
  return {
    size: arm.length,
    arm: Uint8Array.from(arm),
    month: new Int32Array(arm.length),
    covariates: Object.entries(columns).map(([name, v]) => ({ kind: "numeric", name, values: Float64Array.from(v) })),
    rows: Float64Array.from(rows ?? arm.map(() => 1)),
  };
}
