import { describe, expect, it } from "vitest";
import type { EarlierValue } from "../../src/disclose/earlier/earlier.ts";
import type { Cell, Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import type { Solver } from "../../src/disclose/solver.ts";

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

const statuses = async (findings: readonly Finding[]): Promise<readonly string[]> =>
  (await release(findings, RULES)).values.map((value) => value.conf_status);

describe("release", () => {
  it("shows a rate whose base, numerator and complement reach the threshold", async () => {
    const [value] = (await release([finding("woman", { base: 10, numerator: 5 })], RULES)).values;
    expect(value).toMatchObject({ value: 0.5, n: 10, obs_status: "A", conf_status: "F" });
  });

  it.each([
    ["a small base", 4, 2],
    ["a small numerator", 100, 4],
    ["a small complement", 100, 96],
    ["nobody placed", 100, 0],
    ["everybody placed", 100, 100],
  ])("hides %s", async (_, base, numerator) => {
    const [value] = (await release([finding("total", { base, numerator }, { dimension: "total" })], RULES)).values;
    expect(value).toMatchObject({ value: null, lower: null, upper: null, n: null, obs_status: "M", conf_status: "A" });
  });

  it("hides the effect, the error and the other arm with a hidden rate", async () => {
    const effect = finding(
      "total",
      { kind: "effect", base: 500 },
      { dimension: "total", metric: "effect_difference", arm: "both" },
    );
    const small = finding("total", { base: 100, numerator: 3 }, { dimension: "total" });
    const other = finding("total", { base: 400, numerator: 100 }, { dimension: "total", arm: "controls" });
    expect(await statuses([effect, small, other])).toEqual(["A", "A", "A"]);
  });

  it("leaves another period, definition and dimension alone", async () => {
    const small = finding("total", { base: 3, numerator: 1 }, { dimension: "total" });
    const others = [
      finding("total", { base: 300, numerator: 100 }, { dimension: "total", period: "2014" }),
      finding("total", { base: 300, numerator: 100 }, { dimension: "total", definition: "at12" }),
    ];
    expect(await statuses([small, ...others])).toEqual(["A", "F", "F"]);
  });

  it("hides a sum of two small numerators where nobody is told as such: each is at least one", async () => {
    const place = (region: string, base: number, numerator: number): Finding =>
      finding("total", numerator === 0 ? { kind: "count", base: 0 } : { base, numerator, isNobodyTold: true }, {
        region,
        dimension: "total",
      });
    const table = (one: number, other: number): readonly Finding[] => [
      place("network", 150, one + other),
      place("brussels", 50, 0),
      place("flanders", 50, one),
      place("wallonia", 50, other),
    ];
    const [network, , ...regions] = await statuses(table(2, 3));
    expect(regions).toEqual(["A", "A"]);
    expect(network).toBe("D");
  });

  it("takes what two arms show equally often for one number: mentors in a duo are duos that run", async () => {
    const running = [60, 42, 33, 25, 19, 4];
    const regions = running.map((_, i) => `r${i}`);
    const told = [...regions, "network"].flatMap((region, i) => {
      const base = running[i] ?? running.reduce((sum, count) => sum + count, 0);
      const at = { region, dimension: "total", definition: "" };
      return [
        finding("total", { kind: "count", base, family: "running" }, { ...at, metric: "duos_running", arm: "duos" }),
        finding(
          "total",
          { base: (region === "r3" ? 3 : 9) * base, numerator: base },
          { ...at, metric: "mentors_active", arm: "mentors" },
        ),
      ];
    });
    const found = await statuses(told);
    const [duos, mentors] = [0, 1].map((k) => found.filter((_, i) => i % 2 === k));
    expect(duos?.filter((status) => status === "D")).toHaveLength(1);
    expect(mentors).toEqual(duos);
  });

  it("hides the smallest other level where one level alone is hidden", async () => {
    const levels = [
      finding("woman", { base: 150, numerator: 60 }),
      finding("man", { base: 140, numerator: 60 }),
      finding("other", { base: 2, numerator: 1 }),
    ];
    expect(await statuses(levels)).toEqual(["F", "D", "A"]);
  });

  it("hides no further level where two are hidden already", async () => {
    const levels = [
      finding("a", { base: 150, numerator: 60 }),
      finding("b", { base: 8, numerator: 4 }),
      finding("c", { base: 4, numerator: 2 }),
    ];
    expect(await statuses(levels)).toEqual(["F", "A", "A"]);
  });

  it("hides a further level where the hidden ones are too few even together", async () => {
    const levels = [
      finding("a", { base: 150, numerator: 60 }),
      finding("b", { base: 4, numerator: 2 }),
      finding("c", { base: 2, numerator: 1 }),
    ];
    expect(await statuses(levels)).toEqual(["D", "A", "A"]);
  });

  it("hides a payment and a check's figure with the effect they rest on, never a setting", async () => {
    const total = { dimension: "total", level: "total" };
    const check = (metric: string) =>
      finding("persons", { kind: "verdict" }, { dimension: "verdict", metric, arm: "both" });
    expect(
      await statuses([
        finding("total", { base: 90, numerator: 3 }, total),
        finding("amount", { kind: "payment" }, { dimension: "contract", metric: "payment_amount", arm: "both" }),
        check("verdict_value"),
        check("verdict_threshold"),
        check("verdict_passed"),
      ]),
    ).toEqual(["A", "A", "A", "F", "F"]);
  });

  it("hides a group that two editions set apart between them", async () => {
    const levels = [
      finding("low", { base: 60, numerator: 20 }),
      finding("high", { base: 80, numerator: 30 }),
      finding("other", { base: 70, numerator: 30 }),
    ];
    const place = (level: string) => ({ ...finding(level, {}), period: "2014-2015" });
    const earlier: readonly EarlierValue[] = [
      { place: place("low"), base: 57, numerator: null },
      { place: place("high"), base: 50, numerator: null },
      { place: place("other"), base: 40, numerator: null },
    ];
    const { values } = await release(levels, RULES, { earlier });
    expect(values.map(({ conf_status }) => conf_status)).toEqual(["D", "F", "D"]);
  });

  it("D7: publishes nothing where the solver stops early", async () => {
    const stopped: Solver = ({ lower }) => ({ status: "Time limit reached", objective: 0, values: [...lower] });
    const levels = [
      finding("a", { base: 150, numerator: 60 }),
      finding("b", { base: 4, numerator: 2 }),
      finding("c", { base: 30, numerator: 10 }),
    ];
    await expect(release(levels, RULES, { solver: stopped })).rejects.toThrow(/Time limit reached.*nothing can be/);
  });

  it("shows counts of zero, hides counts from 1 to 4", async () => {
    const count = (base: number) => finding(`step${base}`, { kind: "count", base }, { dimension: "attrition" });
    expect(await statuses([count(0), count(1), count(4), count(5)])).toEqual(["F", "A", "A", "F"]);
  });

  it("hides the later of two outcomes whose populations differ by fewer persons than the threshold", async () => {
    const at = (definition: string, base: number) =>
      finding("total", { base, numerator: 60 }, { dimension: "total", definition });
    expect(await statuses([at("days90", 133), at("at12", 133), at("sustained6m", 131), at("contract3m", 100)])).toEqual(
      ["F", "F", "D", "F"],
    );
  });

  it("lets balance figures out with three decimals only, so that whole numbers behind them cannot be solved for", async () => {
    const smd = finding(
      "woman",
      { kind: "balance", base: 325, numerator: 150 },
      { unit: "sd", value: -0.0123456789012345 },
    );
    expect((await release([smd], RULES)).values[0]?.value).toBe(-0.012);
  });

  it("refuses a threshold below 4", async () => {
    await expect(release([], { audience: "internal", threshold: 3 })).rejects.toThrow(/below 4/);
  });

  it("keeps number and order of the findings, and says missing where statistics has no answer", async () => {
    const findings = [
      finding("a", { base: 50, numerator: 20 }, { value: null }),
      finding("b", { base: 50, numerator: 20 }),
    ];
    expect((await release(findings, RULES)).values.map((value) => [value.level, value.obs_status])).toEqual([
      ["a", "M"],
      ["b", "A"],
    ]);
  });
});
