import { describe, expect, it } from "vitest";
import { designCounts } from "../../src/evaluate/design.ts";
import { matchExact } from "../../src/evaluate/exact.ts";
import type { Patterns } from "../../src/evaluate/patterns.ts";
import { matchRelaxed } from "../../src/evaluate/relaxed.ts";
import { agrees, personPatterns, type Row, referenceRows } from "../support/evaluate-lalonde.ts";

const lalonde = referenceRows("lalonde.csv");
const NAMES = ["race", "married", "nodegree", "age_band", "education"];
const patterns = personPatterns(lalonde, "treat", NAMES);
const LADDER = [NAMES, ["race", "married", "nodegree", "age_band"], ["race", "nodegree"]];

/** The ladder as one would do it by hand: 15 lines, one participant at a time. */
function oracle(rows: readonly Row[], ladder: readonly (readonly string[])[]): { weights: number[]; rungs: number[] } {
  const weights = rows.map(() => 0);
  const rungs = ladder.map(() => 0);
  rows.forEach((person, i) => {
    if (person.treat !== "1") return;
    for (const [r, on] of ladder.entries()) {
      const same = rows.flatMap((other, j) =>
        other.treat === "0" && on.every((c) => other[c] === person[c]) ? [j] : [],
      );
      if (same.length === 0) continue;
      weights[i] = 1;
      rungs[r] = (rungs[r] ?? 0) + 1;
      for (const j of same) weights[j] = (weights[j] ?? 0) + 1 / same.length;
      return;
    }
  });
  return { weights, rungs };
}

describe("matching down a ladder", () => {
  const expected = oracle(lalonde, LADDER);
  const design = matchRelaxed(patterns, { rungs: LADDER });

  it("gives the weights and the rungs of a ladder climbed by hand", () => {
    expect(design.rungs.map((rung) => rung.participants)).toEqual(expected.rungs);
    expect(expected.rungs.every((count) => count > 0)).toBe(true);
    const wrong = expected.weights.filter(
      (w, p) => !(w === 0 ? design.weights[p] === 0 : agrees(design.weights[p] ?? 0, w)),
    );
    expect(wrong).toEqual([]);
  });

  it("has controls' weights that sum to the matched participants, and a reason for the rest", () => {
    const counts = designCounts(patterns, design);
    expect(counts.weight.control).toBeCloseTo(counts.matched.treated, 9);
    expect(counts.unmatched.reduce((total, { rows }) => total + rows, 0)).toBe(185 - counts.matched.treated);
  });

  it("with one rung is the exact match", () => {
    const on = ["race", "married", "nodegree"];
    const exact = matchExact(patterns, { on });
    const one = matchRelaxed(patterns, { rungs: [on] });
    expect(one.weights).toEqual(exact.weights);
    expect(one.stratum).toEqual(exact.stratum);
    expect(one.strata).toEqual(exact.strata);
  });

  it("matches nobody, with reasons, when an arm is empty", () => {
    const nobody: Patterns = { ...patterns, arm: new Uint8Array(patterns.size).fill(1) };
    const found = matchRelaxed(nobody, { rungs: LADDER });
    expect(found.weights.every((w) => w === 0)).toBe(true);
    expect(designCounts(nobody, found).unmatched).toEqual([{ reason: expect.any(String), rows: 614 }]);
  });
});
