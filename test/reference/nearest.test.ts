import { describe, expect, it } from "vitest";
import { mahalanobisPoints } from "../../src/evaluate/distance-mahalanobis.ts";
import { squaredDistance } from "../../src/evaluate/distance-tree.ts";
import { matchNearest, type NearestDesign, type NearestSettings } from "../../src/evaluate/nearest.ts";
import { fromRows } from "../support/matching-patterns.ts";
import { expectClose, number, referenceRows, type ReferenceRow, text } from "../support/reference-values.ts";
import { TIE_FREE_MATCHES } from "../support/tie-free-matches.ts";

/* Origin: MatchIt 4.7.2 nearest on its lalonde (test/reference/README.md). */

type Settings = Omit<NearestSettings, "distance">;

const COVARIATES = ["age", "education", "race", "married", "nodegree", "re74", "re75"];
describe.each(Object.entries<Settings>(TIE_FREE_MATCHES))("nearest matching on a score without ties: %s", (name, settings) => {
  const rows = referenceRows("matching/tiefree_input.csv");
  const patterns = fromRows(rows, "treat", ["race"]);
  const score = Float64Array.from(rows, (row) => number(row, "distance"));
  const design = matched(patterns, { distance: { kind: "given", score }, ...settings });

  it("makes MatchIt's pairs, each of them", () => {
    const pairs = pairLines(design, rows);
    const expected = referenceRows(`matching/tiefree_${name}_pairs.csv`);
    expect(pairs.map((pair) => pair.join(" ")).sort()).toEqual(
      expected.map((row) => [text(row, "treated_id"), text(row, "rank"), text(row, "control_id")].join(" ")).sort(),
    );
    const gap = new Map(
      expected.map((row) => [`${text(row, "treated_id")} ${text(row, "rank")}`, number(row, "absdiff")]),
    );
    pairs.forEach(([treated, rank], i) => {
      expectClose(design.pairs.distance[i], gap.get(`${treated} ${rank}`) ?? Number.NaN, `${treated} ${rank}`, 1e-8);
    });
  });

  it("has MatchIt's weights, once they are on its scale", () => {
    const expected = new Map(
      referenceRows(`matching/tiefree_${name}_weights.csv`).map((row) => [text(row, "id"), number(row, "weight")]),
    );
    const scale = controlScale(design);
    rows.forEach((row, i) => {
      const weight = (design.weights[i] ?? 0) * (patterns.arm[i] === 1 ? 1 : scale);
      expectClose(weight, expected.get(text(row, "id")) ?? 0, text(row, "id"));
    });
  });

  it("has the caliper and the counts of the summary", () => {
    const summary = found(referenceRows("matching/tiefree_summary.csv"), name);
    expect(sizes(design, patterns.arm)).toEqual([
      number(summary, "n_t"),
      number(summary, "n_c"),
      number(summary, "n_pairs"),
    ]);
    expectClose(sum(design.pairs.distance), number(summary, "sum_absdiff"), "sum of distances");
    if (settings.caliper !== undefined) expectClose(design.caliper, number(summary, "caliper_own"), "caliper");
  });
});

const REAL: Record<string, Settings> = {
  ps_largest: { order: "largest" },
  ps_smallest: { order: "smallest" },
  ps_data: { order: "data" },
  ps_closest: { order: "closest" },
  ps_replace: { replace: true },
  ps_k2: { ratio: 2 },
  ps_k3: { ratio: 3 },
  ps_k2_replace: { ratio: 2, replace: true },
  ps_cal02: { caliper: 0.2 },
  lps_cal02: { caliper: 0.2 },
  lps_cal02_k3: { caliper: 0.2, ratio: 3 },
  lps_cal02_rep: { caliper: 0.2, replace: true },
  ps_exact_race: { exact: ["race"] },
  ps_exact_race_nodegree_cal: { exact: ["race", "nodegree"], caliper: 0.2 },
};

describe.each(Object.entries(REAL))("nearest matching on the propensity score of lalonde: %s", (name, settings) => {
  const rows = referenceRows("lalonde.csv");
  const patterns = fromRows(rows, "treat", COVARIATES);
  const linear = name.startsWith("lps");
  const summary = found(referenceRows("matching/nearest_summary.csv"), name);
  const expected = [
    number(summary, "n_treated_matched"),
    number(summary, "n_control_matched"),
    number(summary, "n_pairs"),
  ];

  it("has MatchIt's counts, caliper and sum of distances on glm's default score, which MatchIt used", () => {
    const weights = referenceRows("statistics/glm_lalonde_main_fitted.csv").map((row) => number(row, "ps_default_glm"));
    const score = Float64Array.from(weights, (p) => (linear ? Math.log(p / (1 - p)) : p));
    const design = matched(patterns, { distance: { kind: "given", score }, ...settings });
    expect(sizes(design, patterns.arm)).toEqual(expected);
    expectClose(sum(design.pairs.distance), number(summary, "sum_absdiff"), "sum of distances");
    if (settings.caliper !== undefined) expectClose(design.caliper, number(summary, "caliper_value"), "caliper");
  });

  it("has the same counts and distances on its own score, whose coefficients differ from glm's default by 1e-8", () => {
    const distance = { kind: "logit", scale: linear ? "linear" : "probability" } as const;
    const design = matched(patterns, { distance, ...settings });
    // One year older and one year younger are as near on the logit: rounding decides, here and in R.
    const counts = name === "lps_cal02_rep" ? [0, 2] : [0, 1, 2];
    expect(counts.map((i) => sizes(design, patterns.arm)[i])).toEqual(counts.map((i) => expected[i]));
    expectClose(sum(design.pairs.distance), number(summary, "sum_absdiff"), "sum of distances", 2e-7);
  });
});

describe.each([
  ["maha_data", {}],
  ["maha_replace", { replace: true }],
  ["maha_exact_race", { exact: ["race"] }],
] as const)("nearest matching on Mahalanobis distance: %s", (name, settings) => {
  const rows = referenceRows("lalonde.csv");
  const patterns = fromRows(rows, "treat", COVARIATES);
  const design = matched(patterns, { distance: { kind: "mahalanobis" }, ...settings });

  const expected = referenceRows(`matching/nearest_${name}_pairs.csv`);

  it("has MatchIt's counts, and pairs as near as its", () => {
    const summary = found(referenceRows("matching/nearest_summary.csv"), name);
    expect(sizes(design, patterns.arm)).toEqual([
      number(summary, "n_treated_matched"),
      number(summary, "n_control_matched"),
      number(summary, "n_pairs"),
    ]);
    const unit = new Map(rows.map((row, i) => [text(row, "id"), i]));
    const points = mahalanobisPoints(patterns);
    const theirs = expected.map((row) =>
      Math.sqrt(
        squaredDistance(points, unit.get(text(row, "treated_id")) ?? -1, unit.get(text(row, "control_id")) ?? -1),
      ),
    );
    expectClose(sum(design.pairs.distance), sum(Float64Array.from(theirs)), "sum of distances");
  });

  // In maha_data one participant has two controls that are as near to the last digit; it takes the other.
  if (name !== "maha_data")
    it("makes the pairs of MatchIt, each of them", () => {
      expect(
        pairLines(design, rows)
          .map((pair) => pair.join(" "))
          .sort(),
      ).toEqual(
        expected.map((row) => [text(row, "treated_id"), text(row, "rank"), text(row, "control_id")].join(" ")).sort(),
      );
    });
});

function matched(patterns: ReturnType<typeof fromRows>, settings: NearestSettings): NearestDesign {
  const design = matchNearest(patterns, settings);
  if (typeof design === "string") throw new Error(design);
  return design;
}

function found(rows: readonly ReferenceRow[], spec: string): ReferenceRow {
  const row = rows.find((candidate) => candidate["spec"] === spec);
  if (row === undefined) throw new Error(`no specification ${spec}`);
  return row;
}

function pairLines({ pairs }: NearestDesign, rows: readonly ReferenceRow[]): (readonly [string, number, string])[] {
  const id = (unit: number | undefined) => rows[unit ?? -1]?.["id"] ?? "";
  return Array.from(pairs.treated, (treated, i) => [id(treated), pairs.rank[i] ?? 0, id(pairs.control[i])] as const);
}

function controlScale({ pairs }: NearestDesign): number {
  return new Set(pairs.control).size / new Set(pairs.treated).size;
}

function sizes(design: NearestDesign, arm: Uint8Array): number[] {
  const of = (wanted: number) => arm.filter((a, i) => a === wanted && (design.weights[i] ?? 0) > 0).length;
  return [of(1), of(0), design.pairs.size];
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0);
}
