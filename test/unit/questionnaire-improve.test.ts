import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Released } from "../../src/disclose/finding.ts";
import type { SurveySettings } from "../../src/indicators/questionnaire-settings.ts";
import { improvementValues } from "../../src/released-steps.ts";
import { releasedValue } from "../support/year-values.ts";

const ITEMS = ["team", "goals", "matched", "time", "trust"];
const settings: SurveySettings = {
  codebook: {
    items: [
      ...ITEMS.map((item) => ({ item, kind: "likert" as const, reversed: false })),
      { item: "recommend", kind: "nps", reversed: false },
    ],
    scales: {},
  },
  privacyMinimum: 5,
  reliabilityMinimum: 20,
  improve: { lowest: 2, waves: ["end"] },
};

const place = { arm: "mentees", definition: "end", dimension: "item" };
const share = (level: string, value: number, more: object = {}) =>
  releasedValue({ ...place, metric: "survey_top2", level, value, n: 40, ...more });
const change = (level: string, value: number, p: number) => [
  releasedValue({ ...place, metric: "survey_change", level, value, n: 40 }),
  releasedValue({ ...place, metric: "survey_change_p_holm", level, value: p, unit: "probability", n: 40 }),
];
const listOf = (values: readonly Released[]) =>
  improvementValues(values, settings).map(({ metric, level, value }) => `${value} ${level} ${metric.slice(15)}`);

describe("what to improve", () => {
  test("falls first, the largest first; then the lowest shares, ties in the codebook's order", () => {
    const values = [
      ...[share("trust", 0.9), ...change("trust", -0.05, 0.01)],
      ...[share("matched", 0.5), ...change("matched", -0.2, 0.04)],
      ...[share("time", 0.6), ...change("time", -0.3, 0.05)],
      ...[share("goals", 0.6), ...change("goals", 0.3, 0.001)],
    ];
    expect(listOf(values)).toEqual(["1 matched lowest_and_fall", "2 trust fall", "3 goals lowest"]);
  });

  test("items of enough answers, of the waves asked for, a year at a time, that can be agreed with", () => {
    const values = [
      share("team", 0.1, { period: "2022-2024" }),
      share("team", 0.2, { definition: "start" }),
      share("recommend", 0.1),
      share("team", 0.7),
      share("goals", 0.8, { period: "2023" }),
    ];
    expect(improvementValues([...values, { ...share("time", 0.1), obs_status: "U" }], settings)).toMatchObject([
      { level: "team", period: "2024", value: 1, unit: "rank", n: 40, lower: null, conf_status: "F" },
      { level: "goals", period: "2023", value: 1 },
    ]);
  });

  test("what is hidden changes nothing: neither its own share nor its fall is told by anybody's rank", () => {
    const shares = fc.array(fc.record({ value: fc.double({ min: 0, max: 1, noNaN: true }), isHidden: fc.boolean() }), {
      minLength: ITEMS.length,
      maxLength: ITEMS.length,
    });
    fc.assert(
      fc.property(shares, fc.double({ min: 0, max: 1, noNaN: true }), (some, other) => {
        const values = (hidden: number) =>
          some.map(({ value, isHidden }, i) =>
            share(ITEMS[i] ?? "", isHidden ? hidden : value, isHidden ? { hidden: "D" } : {}),
          );
        const listed = listOf(values(other));
        expect(listed).toEqual(listOf(values(1 - other)));
        const free = ITEMS.filter((_, i) => some[i]?.isHidden === false);
        expect(listed).toHaveLength(Math.min(2, free.length));
        expect(listed.every((line) => free.includes(line.split(" ")[1] ?? ""))).toBe(true);
      }),
    );
  });
});
