import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { ObservedHistory, Placebo } from "../../src/cohort/placebo.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import type { MatchedOutcome, PlacedEffect } from "../../src/impact/analysis.ts";
import { heterogeneityFindings } from "../../src/impact/heterogeneity.ts";
import { matchFindings } from "../../src/impact/match-findings.ts";
import { type PlaceboResult, placeboFindings } from "../../src/impact/placebo-findings.ts";
import type { Sensitivity } from "../../src/impact/sensitivity.ts";
import { sensitivityFindings } from "../../src/impact/sensitivity-findings.ts";
import { writeEdition } from "../support/edition-files.ts";

/* What figures beside the counts would give away. */

const RULES = { audience: "funder", threshold: 5 } as const;
const CHOICE = { definition: "days90", after: 0 } as const;
const CONTEXT = { region: "brussels", asOf: "2018-03-31", pooled: "2014-2016" };
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-given-away-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const placementRate = (dimension: string, level: string, base: number, numerator: number): Finding => ({
  ...{ metric: "placement_rate", region: "brussels", period: "2014-2016", dimension, level },
  ...{ arm: "participants", value: numerator / base, lower: null, upper: null, n: base, unit: "proportion" },
  ...{ definition: "days90", window: "[0, 12) months", as_of: "2018-03-31" },
  cell: { kind: "rate", persons: {}, numerator, base },
});

describe("the placebo's number of persons", () => {
  const history = (arm: ObservedHistory["arm"], persons: number, personsWorked: number): ObservedHistory => ({
    ...{ arm, rows: persons, persons, observedRows: persons, observedPersons: persons },
    personsWorked,
  });
  // three persons are in both arms
  const placebo = {
    history: [history("participants", 30, 12), history("controls", 60, 25), history("both", 87, 35)],
  } as unknown as Placebo;
  const rate = (estimate: number) => ({ estimate, lower: null, upper: null });
  const result = {
    effective: { participants: undefined, controls: undefined },
    observed: { participants: 1, controls: 1 },
    effect: { rates: { treated: rate(0.4), control: rate(0.42) }, difference: rate(-0.02) },
    verdict: { outcome: "passed", lower: -0.04, upper: 0.01, reach: 0.04 },
  } as unknown as PlaceboResult;
  const findings = placeboFindings(placebo, result, { outcome: "days90", delta: 0.05 }, CHOICE, CONTEXT);

  async function found(told: readonly Finding[], name: string): Promise<readonly object[]> {
    const { values } = await release(told, RULES, { solver });
    writeEdition(join(folder, name), values, RULES);
    return audit([readPublished(join(folder, name))], solver).recovered;
  }

  it("doesn't tell how many stand in both arms", async () => {
    expect(findings.find(({ metric }) => metric === "placebo_difference")?.n).toBe(90);
    expect(await found(findings, "sum")).toEqual([]);
  });

  it("is found by the audit where it does", async () => {
    const distinct = findings.map((one) => (one.metric === "placebo_difference" ? { ...one, n: 87 } : one));
    expect(await found(distinct, "distinct")).toMatchObject([{ least: 3, most: 3 }]);
  });

  it("is the sum of the two where counts are rounded too", async () => {
    const rounding = { ...RULES, method: "rounding" } as const;
    const { values } = await release(findings, rounding, { solver });
    const n = (metric: string, arm: string) => values.find((one) => one.metric === metric && one.arm === arm)?.n ?? 0;
    expect(n("placebo_difference", "both")).toBe(n("placebo_rate", "participants") + n("placebo_rate", "controls"));
  });
});

describe("the largest difference in balance", () => {
  const figure = (value: number, threshold: number): number | null | undefined => {
    const verdicts = [{ name: "maxSmd", value, threshold, passed: value <= threshold }];
    const size = { treated: 40, control: 60 };
    const figures = { participants: 40, matchedParticipants: 40, matchedControls: 60, unmatched: [], rungs: [] };
    const found = matchFindings({ ...figures, essPersons: size, essRows: size, verdicts }, CHOICE, CONTEXT);
    return found.find(({ metric }) => metric === "verdict_value")?.value;
  };
  const [ours, theirs] = [257, 797];
  const smd = (k: number, m: number): number => (k / ours - m / theirs) / Math.sqrt(0.25 * 0.75);

  it("is told with as many digits as leave many counts possible, where all would leave one pair", () => {
    const told = figure(smd(3, 37), 0.1) ?? Number.NaN;
    expect(told).toBe(Math.round(smd(3, 37) * 1000) / 1000);
    const pairs = Array.from({ length: (ours + 1) * (theirs + 1) }, (_, i) => [
      i % (ours + 1),
      Math.floor(i / (ours + 1)),
    ]);
    const fits = (value: number, reach: number): number =>
      pairs.filter(([k = 0, m = 0]) => Math.abs(smd(k, m) - value) <= reach).length;
    expect(fits(smd(3, 37), 1e-12)).toBe(1);
    expect(fits(told, 0.0005)).toBeGreaterThan(20);
  });

  it("stays on its side of the threshold", () => {
    expect(figure(0.1004, 0.1)).toBe(0.101);
    expect(figure(0.09996, 0.0999)).toBe(0.1);
    expect(figure(0.10026, 0.1003)).toBe(0.1);
    expect(figure(0.07264, 0.1)).toBe(0.073);
  });
});

describe("the test that levels have one effect", () => {
  it("is hidden with any level that takes part: it would check a guess at that level's numbers", async () => {
    const codes = Int32Array.from([0, 0, 1, 1]);
    const rows = Float64Array.from([40, 40, 40, 40]);
    const sum = Float64Array.from([3, 12, 20, 14]);
    const none = { key1: new Int32Array(), key2: new Int32Array(), rows: new Float64Array() };
    const outcome = {
      ...CHOICE,
      patterns: {
        ...{ size: 4, arm: Uint8Array.from([1, 0, 1, 0]), month: new Int32Array(4), rows },
        covariates: [{ kind: "categorical", name: "gender", codes, levels: ["man", "woman"] }],
      },
      match: { design: { weights: Float64Array.from([1, 1, 1, 1]) } },
      outcomes: { definition: "days90", after: 0, rows, sum, sumsq: sum },
      recurrence: { ...none, sum1: new Float64Array(), sum2: new Float64Array(), sum12: new Float64Array() },
      populations: [],
    } as unknown as MatchedOutcome;
    const effects = ["man", "woman"].map((level) => ({
      ...{ ...CHOICE, period: "2014-2016", dimension: "gender", level, effect: { difference: { se: 0.1 } } },
      ...{ participants: { persons: 40, placed: 3 }, controls: { persons: 40, placed: 12 } },
    })) as unknown as readonly PlacedEffect[];
    const tests = heterogeneityFindings(outcome, effects, CONTEXT);
    expect(tests[0]?.value).toBeGreaterThan(0);
    const hidden = async (placed: number) => {
      const { values } = await release([placementRate("gender", "man", 40, placed), ...tests], RULES, { solver });
      return values.map(({ conf_status }) => conf_status);
    };
    expect(await hidden(3)).toEqual(["A", "A"]);
    expect(await hidden(13)).toEqual(["F", "F"]);
  });
});

describe("a specification without some levels", () => {
  const run = (name: string, exclude?: Readonly<Record<string, readonly string[]>>) => ({
    ...{ name, primary: exclude === undefined, estimand: name, choice: CHOICE, population: 0 },
    settings: { exclude },
    answer: { difference: { estimate: 0.1, lower: 0, upper: 0.2 }, verdicts: [] },
    participants: { persons: 60, personsPlaced: 30 },
    controls: { persons: 90, personsPlaced: 40 },
  });
  const sensitivity = {
    runs: [run("primary"), run("recognised", { qualification: ["unknown"] }), run("older", { age_band: ["18-21"] })],
    published: [0],
    memberships: [],
  } as unknown as Sensitivity;
  it("is hidden with any of them, its summary too, since the total less its population is theirs", async () => {
    const findings = [
      placementRate("qualification", "unknown", 30, 3),
      placementRate("age_band", "18-21", 30, 15),
      ...sensitivityFindings(sensitivity, 5, CONTEXT),
    ];
    const { values } = await release(findings, RULES, { solver });
    const hidden = values.filter(({ conf_status }) => conf_status !== "F").map((one) => `${one.metric} ${one.level}`);
    expect(hidden).toEqual([
      "placement_rate unknown",
      "specification_effect recognised",
      "specifications_least recognised",
      "specifications_median recognised",
      "specifications_greatest recognised",
    ]);
  });
});
