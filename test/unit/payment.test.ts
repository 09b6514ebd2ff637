import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { contractProblems } from "../../src/evaluate/contract-problems.ts";
import { yearsBetween } from "../../src/evaluate/day-count.ts";
import { type Contract, metricOf, type Payment, type ReadAt, readingOf, settle } from "../../src/evaluate/payment.ts";
import { packageRoot } from "../../src/package-root.ts";

const folder = join(packageRoot(), "pipelines", "contracts");
const contract = (name: string): Contract => parse(readFileSync(join(folder, `${name}.yaml`), "utf8"));
const at = (metric: number | null) => ({ estimate: metric, lower: null, upper: null });
const point = (chosen: Contract, readAt: ReadAt, metric: number | null): Payment =>
  settle(chosen, readAt, at(metric)).point;
const irrPercent = (payment: Payment) =>
  payment.kind === "payment" && payment.irr !== null ? Number((payment.irr * 100).toFixed(1)) : null;

describe("Peterborough", () => {
  const peterborough = contract("peterborough");

  test("a first cohort of 142 against 155 per 100 is 8.387 % fewer, under 10 %: no early payment", () => {
    const payment = point(peterborough, "cohort", metricOf("relative-uplift", 142, 155));
    expect(payment).toMatchObject({ kind: "payment", band: "no early payment", amount: 0, irr: null });
    expect(payment.reading?.toFixed(3)).toBe("8.387");
  });

  test("about 9 % over all cohorts is more than 7.5 %: it pays, at 3 % a year", () => {
    const payment = point(peterborough, "pooled", -0.09);
    expect(payment).toMatchObject({ kind: "payment", band: "payment" });
    expect(irrPercent(payment)).toBe(3);
    expect(point(peterborough, "pooled", -0.0749)).toMatchObject({ amount: 0, irr: -1 });
  });
});

describe("NYC ABLE", () => {
  const able = contract("nyc-able");

  test("8.4 % pays nothing and at 8.5 % payment begins", () => {
    expect(point(able, "pooled", -0.084)).toMatchObject({ band: "no payment", amount: 0, irr: -1 });
    expect(point(able, "pooled", -0.085)).toMatchObject({ band: "part of the principal", amount: 4_800_000 });
  });

  test.each([
    [10, 9_600_000, 0],
    [11, 10_080_000, 1.2],
    [12, 10_176_000, 1.5],
    [13, 10_368_000, 1.9],
    [16, 10_944_000, 3.3],
    [20, 11_712_000, 5.1],
    [35, 11_712_000, 5.1],
  ])("a fall of %d per cent pays %d, a return of %d per cent a year", (percent, amount, irr) => {
    const payment = point(able, "pooled", -percent / 100);
    expect(payment).toMatchObject({ amount });
    expect(irrPercent(payment)).toBe(irr);
  });
});

describe("the second Actiris bond", () => {
  const bond = contract("indigo-poj-0222");

  test("below the control group investors lose everything", () => {
    expect(point(bond, "pooled", -0.02)).toMatchObject({ band: "total loss", amount: 0, irr: -1 });
  });

  test("a relative uplift of 27.3 % returns the principal", () => {
    expect(point(bond, "pooled", metricOf("relative-uplift", 0.429, 0.337))).toMatchObject({
      reading: 27.3,
      amount: 2_200_000,
      irr: 0,
    });
  });

  test("an uplift of 0.5 %, of 0, and of more than 100 % is in no band: an error, never a guess", () => {
    for (const metric of [0.005, 0, 1.2])
      expect(point(bond, "pooled", metric)).toMatchObject({ kind: "undefined", reason: "no-band" });
  });

  test("the premium grows between 50 and 100 % to 7.5 % a year", () => {
    expect(irrPercent(point(bond, "pooled", 0.5))).toBe(0);
    expect(irrPercent(point(bond, "pooled", 0.6))).toBe(1.5);
    expect(irrPercent(point(bond, "pooled", 1))).toBe(7.5);
  });

  test("an interval from a loss to a premium crosses the undefined part, and says so", () => {
    expect(settle(bond, "pooled", { estimate: 0.273, lower: -0.05, upper: 0.61 })).toMatchObject({
      lower: { amount: 0 },
      least: 0,
      most: expect.closeTo(2_200_000 * 1.0165 ** (yearsBetween("2018-04-01", "2023-02-01", "actual/actual") ?? 0), 1),
      undefinedWithin: true,
    });
    expect(settle(bond, "pooled", { estimate: 0.273, lower: 0.104, upper: 0.464 })).toMatchObject({
      least: 2_200_000,
      most: 2_200_000,
      undefinedWithin: false,
    });
  });

  test("an end of the interval in no band is undefined, and the rest of the interval still has its least and most", () => {
    const settlement = settle(bond, "pooled", { estimate: 0.2, lower: 0.005, upper: 0.4 });
    expect(settlement.lower).toEqual({ kind: "undefined", reading: 0.5, reason: "no-band" });
    expect(settlement).toMatchObject({ least: 2_200_000, most: 2_200_000, undefinedWithin: true });
  });
});

describe("a contract of three years at 4 %", () => {
  const bands = {
    pooled: [{ name: "all", pays: { kind: "premium", premium: { shape: "flat", accrual: "compound", rate: 4 } } }],
  } as const;
  const flat: Contract = { ...contract("sib-2014-example"), bands };

  test("EUR 347,000 become 390,327.81", () => {
    const payment = point(flat, "pooled", 0.3);
    expect(payment).toMatchObject({ kind: "payment", amount: 390_327.81 });
    expect(payment.kind === "payment" ? payment.irr : null).toBeCloseTo(0.04, 8);
  });

  test("simple interest and one premium of the whole term pay less", () => {
    const paying = (accrual: "simple" | "once") =>
      point(
        {
          ...flat,
          bands: { pooled: [{ name: "all", pays: { kind: "premium", premium: { shape: "flat", accrual, rate: 4 } } }] },
        },
        "pooled",
        0.3,
      );
    expect(paying("simple")).toMatchObject({ amount: 388_640 });
    expect(paying("once")).toMatchObject({ amount: 360_880 });
  });

  test("the cap holds, and under the threshold nothing is paid", () => {
    expect(point({ ...flat, cap: 350_000 }, "pooled", 0.3)).toMatchObject({ amount: 350_000 });
    expect(point({ ...flat, threshold: 5 }, "pooled", 0.049)).toMatchObject({ amount: 0, band: "below the threshold" });
    expect(point({ ...flat, threshold: 5 }, "pooled", 0.05)).toMatchObject({ amount: 390_327.81 });
  });

  test("without a metric, with a premium that doesn't reach, or dates that aren't, there is no payment but a reason", () => {
    expect(point(flat, "pooled", null)).toMatchObject({ kind: "undefined", reason: "no-metric" });
    expect(point(flat, "cohort", 0.3)).toMatchObject({ kind: "undefined", reason: "no-band" });
    expect(point({ ...flat, dates: { invested: "2014-02-30", repaid: "2017-02-01" } }, "pooled", 0.3)).toMatchObject({
      reason: "no-years",
    });
    const short = { shape: "linear", accrual: "once", points: [{ at: 10, rate: 1 }] } as const;
    expect(
      point(
        { ...flat, bands: { pooled: [{ name: "all", pays: { kind: "premium", premium: short } }] } },
        "pooled",
        0.3,
      ),
    ).toMatchObject({
      reason: "no-rate",
    });
    expect(point({ ...flat, bands: { pooled: [...bands.pooled, ...bands.pooled] } }, "pooled", 0.3)).toMatchObject({
      reason: "several-bands",
    });
  });
});

test("the metric is rounded before the bands are read, as the contract says", () => {
  const base = contract("nyc-able");
  const read = (mode: Contract["rounding"]["mode"], decimals: number, metric: number) =>
    readingOf({ ...base, direction: "increase", rounding: { mode, decimals } }, metric);
  expect(read("half-up", 1, 0.0845)).toBe(8.5);
  expect(read("half-even", 1, 0.0845)).toBe(8.4);
  expect(read("half-even", 1, 0.0855)).toBe(8.6);
  expect(read("truncate", 1, 0.08499)).toBe(8.4);
  expect(read("none", 0, 0.085)).toBe(8.5);
  expect(read("half-up", 0, -0.025)).toBe(-3);
  expect(Object.is(read("half-up", 0, -0.001), 0)).toBe(true);
});

test("years between two days follow the contract's day count", () => {
  expect(yearsBetween("2014-02-01", "2017-02-01", "30/360")).toBe(3);
  expect(yearsBetween("2014-02-01", "2017-02-01", "actual/365")).toBe(1096 / 365);
  expect(yearsBetween("2014-02-01", "2017-02-01", "actual/actual")).toBe(3);
  expect(yearsBetween("2012-02-29", "2013-02-28", "actual/actual")).toBe(1);
  expect(yearsBetween("2014-02-01", "2014-08-01", "actual/actual")).toBe(181 / 365);
  expect(yearsBetween("2014-01-31", "2014-07-31", "30/360")).toBe(0.5);
  expect(yearsBetween("2014-02-31", "2017-02-01", "30/360")).toBeNull();
});

test("the contracts in the project are sound, and what is wrong in one is named with its place", () => {
  for (const file of readdirSync(folder)) expect(contractProblems(contract(file.replace(".yaml", "")))).toEqual([]);
  const wrong: Contract = {
    ...contract("indigo-poj-0222"),
    principal: 0,
    dates: { invested: "2018-04-01", repaid: "2018-04-01" },
    bands: {
      pooled: [
        { name: "one", from: 1, to: 50, pays: { kind: "nothing" } },
        { name: "two", from: 50, below: 50, pays: { kind: "nothing" } },
        {
          name: "three",
          from: 50,
          pays: { kind: "premium", premium: { shape: "linear", accrual: "once", points: [] } },
        },
      ],
    },
  };
  expect(contractProblems(wrong).map(({ place, problem }) => `${place}: ${problem}`)).toEqual([
    "principal: must be more than 0",
    "dates: `repaid` must come after `invested`",
    "bands.pooled[1]: holds no reading: its lower bound isn't under its upper",
    'bands.pooled[2]: overlaps "one"',
    "bands.pooled[2].pays.premium: has no points",
  ]);
});
