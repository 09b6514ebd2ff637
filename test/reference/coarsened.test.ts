import { describe, expect, it } from "vitest";
import { coarsen, matchCoarsened } from "../../src/evaluate/coarsened.ts";
import { designCounts } from "../../src/evaluate/design.ts";
import { fromRows } from "../support/matching-patterns.ts";
import { expectClose, number, referenceRows, text } from "../support/reference-values.ts";

/* Origin: MatchIt 4.7.2 cem on its lalonde (test/reference/README.md). */

const SPECIFICATIONS = {
  cem7: {
    on: ["race", "married", "nodegree", "age", "education", "re74", "re75"],
    cutpoints: {
      age: [20.5, 24.5, 29.5, 34.5],
      education: [8.5, 11.5, 12.5],
      re74: [0.5, 5000, 10000],
      re75: [0.5, 5000, 10000],
    },
  },
  cem4: {
    on: ["race", "married", "age", "education"],
    cutpoints: { age: [24.5, 34.5], education: [11.5, 99] },
    groups: { race: { other: ["hispan", "white"] } },
  },
};

describe.each(Object.entries(SPECIFICATIONS))("coarsened exact matching %s on lalonde", (name, settings) => {
  const patterns = fromRows(referenceRows("lalonde.csv"), "treat", settings.on);
  const design = matchCoarsened(patterns, settings);
  const counts = designCounts(patterns, design);
  const expected = referenceRows(`matching/${name}_weights.csv`);

  it("has MatchIt's counts of persons and strata", () => {
    const summary = referenceRows("matching/exact_cem_summary.csv").find((row) => text(row, "spec") === name);
    if (summary === undefined) throw new Error(name);
    expect(counts.matched).toEqual({
      treated: number(summary, "n_treated_matched"),
      control: number(summary, "n_control_matched"),
    });
    expect(design.strata).toEqual({
      all: number(summary, "n_strata_all"),
      matched: number(summary, "n_strata_matched"),
    });
  });

  it("has MatchIt's weights, once they are on its scale", () => {
    const scale = counts.matched.control / counts.matched.treated;
    expected.forEach((row, i) => {
      const weight = (design.weights[i] ?? 0) * (patterns.arm[i] === 1 ? 1 : scale);
      expectClose(weight, number(row, "weight"), text(row, "id"));
    });
  });

  it("puts persons together exactly where MatchIt does", () => {
    const stratumOf = new Map<string, number>();
    expected.forEach((row, i) => {
      if (number(row, "weight") === 0) return expect(design.stratum[i]).toBe(-1);
      const known = stratumOf.get(text(row, "stratum")) ?? design.stratum[i] ?? -1;
      stratumOf.set(text(row, "stratum"), known);
      return expect(design.stratum[i]).toBe(known);
    });
    expect(new Set(stratumOf.values()).size).toBe(stratumOf.size);
  });
});

describe("coarsening", () => {
  it("sends a value equal to a cutpoint up, and keeps unknown apart", () => {
    const cut = coarsen(
      { kind: "numeric", name: "age", values: Float64Array.of(19.9, 20, 24, 25, Number.NaN) },
      { cutpoints: { age: [25, 20] } },
    );
    if (cut.kind !== "categorical") throw new Error("not cut");
    expect(Array.from(cut.codes, (code) => cut.levels[code])).toEqual([
      "< 20",
      "20 - < 25",
      "20 - < 25",
      ">= 25",
      "unknown",
    ]);
  });

  it("refuses to cut levels, to group numbers, and to coarsen what isn't matched on", () => {
    const patterns = fromRows([{ t: "1", sex: "f", age: "3" }], "t", ["sex", "age"]);
    expect(() => matchCoarsened(patterns, { on: ["sex"], cutpoints: { sex: [1] } })).toThrow("grouped, not cut");
    expect(() => matchCoarsened(patterns, { on: ["age"], groups: { age: { a: ["3"] } } })).toThrow("cut, not grouped");
    expect(() => matchCoarsened(patterns, { on: ["sex"], cutpoints: { age: [1] } })).toThrow("not matched on");
  });

  it("matches nobody in an empty population", () => {
    expect(matchCoarsened(fromRows([], "t", ["age"]), { on: ["age"], cutpoints: { age: [1] } }).strata).toEqual({
      all: 0,
      matched: 0,
    });
  });
});
