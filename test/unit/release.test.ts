import { describe, expect, it } from "vitest";
import type { Cell, Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";

const RULES = { audience: "funder", threshold: 5 } as const;

function finding(level: string, cell: Partial<Cell>, more: Partial<Finding> = {}): Finding {
  return {
    metric: "placement_rate",
    region: "brussels",
    period: "2014-2016",
    dimension: "gender",
    level,
    arm: "participants",
    value: 0.5,
    lower: 0.4,
    upper: 0.6,
    n: cell.base ?? null,
    unit: "proportion",
    definition: "days90",
    window: "[0, 12) months",
    as_of: "2018-03-31",
    cell: { kind: "rate", persons: { gender: level }, numerator: null, base: null, ...cell },
    ...more,
  };
}

const statuses = (findings: readonly Finding[]): readonly string[] =>
  release(findings, RULES).map((value) => value.conf_status);

describe("release", () => {
  it("shows a rate whose base, numerator and complement reach the threshold", () => {
    const [value] = release([finding("woman", { base: 10, numerator: 5 })], RULES);
    expect(value).toMatchObject({ value: 0.5, n: 10, obs_status: "A", conf_status: "F" });
  });

  it.each([
    ["a small base", 4, 2],
    ["a small numerator", 100, 4],
    ["a small complement", 100, 96],
    ["nobody placed", 100, 0],
    ["everybody placed", 100, 100],
  ])("hides %s", (_, base, numerator) => {
    const [value] = release([finding("total", { base, numerator }, { dimension: "total" })], RULES);
    expect(value).toMatchObject({ value: null, lower: null, upper: null, n: null, obs_status: "M", conf_status: "A" });
  });

  it("hides the effect, the error and the other arm with a hidden rate", () => {
    const effect = finding(
      "total",
      { kind: "effect", base: 500 },
      { dimension: "total", metric: "effect_difference", arm: "both" },
    );
    const small = finding("total", { base: 100, numerator: 3 }, { dimension: "total" });
    const other = finding("total", { base: 400, numerator: 100 }, { dimension: "total", arm: "controls" });
    expect(statuses([effect, small, other])).toEqual(["A", "A", "A"]);
  });

  it("leaves another period, definition and dimension alone", () => {
    const small = finding("total", { base: 3, numerator: 1 }, { dimension: "total" });
    const others = [
      finding("total", { base: 300, numerator: 100 }, { dimension: "total", period: "2014" }),
      finding("total", { base: 300, numerator: 100 }, { dimension: "total", definition: "at12" }),
    ];
    expect(statuses([small, ...others])).toEqual(["A", "F", "F"]);
  });

  it("hides the smallest other level where one level alone is hidden", () => {
    const levels = [
      finding("woman", { base: 150, numerator: 60 }),
      finding("man", { base: 140, numerator: 60 }),
      finding("other", { base: 2, numerator: 1 }),
    ];
    expect(statuses(levels)).toEqual(["F", "D", "A"]);
  });

  it("hides no further level where two are hidden already", () => {
    const levels = [
      finding("a", { base: 150, numerator: 60 }),
      finding("b", { base: 4, numerator: 2 }),
      finding("c", { base: 2, numerator: 1 }),
    ];
    expect(statuses(levels)).toEqual(["F", "A", "A"]);
  });

  it("shows counts of zero, hides counts from 1 to 4", () => {
    const count = (base: number) => finding(`step${base}`, { kind: "count", base }, { dimension: "attrition" });
    expect(statuses([count(0), count(1), count(4), count(5)])).toEqual(["F", "A", "A", "F"]);
  });

  it("hides the later of two outcomes whose populations differ by fewer persons than the threshold", () => {
    const at = (definition: string, base: number) =>
      finding("total", { base, numerator: 60 }, { dimension: "total", definition });
    expect(statuses([at("days90", 133), at("at12", 133), at("sustained6m", 131), at("contract3m", 100)])).toEqual([
      "F",
      "F",
      "D",
      "F",
    ]);
  });

  it("lets balance figures out with three decimals only, so that whole numbers behind them cannot be solved for", () => {
    const smd = finding(
      "woman",
      { kind: "balance", base: 325, numerator: 150 },
      { unit: "sd", value: -0.0123456789012345 },
    );
    expect(release([smd], RULES)[0]?.value).toBe(-0.012);
  });

  it("refuses a threshold below 4", () => {
    expect(() => release([], { audience: "internal", threshold: 3 })).toThrow(/below 4/);
  });

  it("keeps number and order of the findings, and says missing where statistics has no answer", () => {
    const findings = [
      finding("a", { base: 50, numerator: 20 }, { value: null }),
      finding("b", { base: 50, numerator: 20 }),
    ];
    expect(release(findings, RULES).map((value) => [value.level, value.obs_status])).toEqual([
      ["a", "M"],
      ["b", "A"],
    ]);
  });
});
