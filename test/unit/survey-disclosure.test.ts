import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Released } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { holm, holmSources } from "../../src/evaluate/holm.ts";
import { findingOfIndicator, type Indicator } from "../../src/indicators/indicator.ts";
import { mentorDuoCounts } from "../../src/indicators/mentors.ts";
import { responseIndicators } from "../../src/indicators/questionnaire.ts";
import { comparisonIndicators, comparisons } from "../../src/indicators/questionnaire-compare.ts";
import { type ItemAnswers, itemIndicators } from "../../src/indicators/questionnaire-items.ts";
import { ofRespondents, type SurveyItem } from "../../src/indicators/questionnaire-settings.ts";
import { meanOf } from "../../src/indicators/score-mean.ts";
import { writeEdition } from "../support/edition-files.ts";

const solver = await highsSolver();
const CODES = ["1", "2", "3", "4", "5"];
const [team, network] = ["team", "network"].map(
  (item) => ({ item, kind: "likert", scale: "five", reversed: false }) as const,
) as [SurveyItem, SurveyItem];
const settings = {
  codebook: {
    items: [team, network],
    scales: { five: { answers: CODES.map((code) => ({ code, neutral: code === "3", noAnswer: false })) } },
  },
  ...{ privacyMinimum: 5, reliabilityMinimum: 30, improve: { lowest: 1, waves: ["end"] } },
};

/** Answers to an item, by code from 1 to 5. */
const answers = (item: SurveyItem, region: string, counts: readonly number[]): ItemAnswers => ({
  ...{ item, role: "mentee", wave: "end", region, period: "2024" },
  n: counts.reduce((sum, count) => sum + count, 0),
  persons: new Map(CODES.map((code, i) => [code, counts[i] ?? 0])),
  favourable: ["4", "5"],
});

async function released(indicators: readonly Indicator[]): Promise<readonly Released[]> {
  const told = indicators.filter(({ isUntold }) => isUntold !== true);
  const findings = told.map((indicator) => findingOfIndicator(indicator, "2025-03-31"));
  return (await release(findings, { audience: "public", threshold: 5 })).values;
}

describe("the mean of an item", () => {
  const of = (counts: readonly number[]) => released(itemIndicators([answers(team, "brussels", counts)], settings));
  const found = (values: readonly Released[]): readonly object[] => {
    const folder = mkdtempSync(join(tmpdir(), "duo-impact-answers-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    writeEdition(folder, values, { audience: "public", threshold: 5 });
    return audit([readPublished(folder)], solver).recovered;
  };

  it("has no interval where few answered: both gave back each answer of 19", async () => {
    const values = await of([4, 4, 6, 2, 3]);
    const [mean, top2] = ["survey_mean", "survey_top2"].map((metric) => values.find((one) => one.metric === metric));
    expect(mean).toMatchObject({ value: 2.8, lower: null, upper: null, n: 19, conf_status: "F" });
    expect(top2).toMatchObject({ conf_status: "F" });
    expect(found(values)).toEqual([]);
    const { lower, upper } = meanOf([4, 4, 6, 2, 3].map((persons, i) => [i + 1, persons] as const));
    const tenth = (value: number | null) => Math.round(Number(value) * 10) / 10;
    const before = values.map((one) => (one === mean ? { ...one, lower: tenth(lower), upper: tenth(upper) } : one));
    expect(found(before)).toMatchObject([4, 4, 2, 3].map((count) => ({ least: count, most: count })));
  });

  it("has one where many did", async () => {
    const values = await of([14, 20, 16, 60, 40]);
    const mean = values.find(({ metric }) => metric === "survey_mean");
    expect([mean?.lower, mean?.value, mean?.upper]).toEqual([3.4, 3.6, 3.8]);
  });
});

describe("figures from which a hidden count would follow", () => {
  it("Holm's p-value names the test whose p it is a multiple of, none where it is 1", () => {
    const p = [0.02, 0.011, 0.9, 0.8, 0.021];
    expect(holm(p).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([0.08, 0.055, 1, 1, 0.08]);
    expect(holmSources(p)).toEqual([0, 1, 2, 3, 0]);
  });

  it("a shown item's p-value is hidden where it is a multiple of a hidden item's", async () => {
    const own = [
      answers(team, "brussels", [0, 0, 0, 20, 20]),
      answers(network, "brussels", [3, 3, 0, 17, 17]),
      answers(team, "network", [10, 10, 0, 60, 60]),
      answers(network, "network", [23, 24, 0, 46, 47]),
    ];
    const values = await released([
      ...itemIndicators(own, settings),
      ...comparisonIndicators(comparisons(own, settings), settings),
    ]);
    const at = (metric: string, level: string) =>
      values.find((value) => value.metric === metric && value.level === level && value.region === "brussels");
    // twice 0.00225, the p-value of 40 of 40 beside 80 of 100; its own is 0.00325
    expect(at("survey_top2", "team")?.conf_status).toBe("A");
    expect(at("survey_rest_difference", "network")?.conf_status).toBe("F");
    expect(at("survey_rest_difference_p_holm", "network")).toMatchObject({ value: null, conf_status: "A" });
  });

  it("a mean is hidden where the neutral answers are that it would give away", async () => {
    const own = [answers(team, "brussels", [5, 4, 2, 6, 3]), answers(network, "brussels", [5, 4, 7, 16, 13])];
    const values = await released(itemIndicators(own, settings));
    const status = (metric: string) => values.filter((value) => value.metric === metric).map((v) => v.conf_status);
    expect([status("survey_top2"), status("survey_neutral"), status("survey_mean")]).toEqual([
      ["F", "F"],
      ["A", "F"],
      ["A", "F"],
    ]);
  });

  it.each([
    [{ mentors: 30, duos: 39, "1": 24, "2": 4, "3+": 2 }, "A"],
    [{ mentors: 30, duos: 53, "1": 14, "2": 9, "3+": 7 }, "F"],
  ])("duos per mentor with %o is %s", async (counts, status) => {
    const columns = { one: counts["1"], two: counts["2"], three_or_more: counts["3+"] };
    const row = { ...counts, ...columns, most: 3, median_days: null, waited: 0 };
    const place = { region: "brussels", dimension: "total", level: "total", period: "2024" };
    const values = await released(mentorDuoCounts([{ ...place, ...row }]));
    expect(values.find(({ metric }) => metric === "duos_per_mentor")?.conf_status).toBe(status);
  });

  it("a mean of few is protected as a rate is: others' numbers don't add up to theirs", async () => {
    const mean = (region: string, base: number): Indicator => ({
      ...{ metric: "survey_theme_score", arm: "mentees", region, period: "2024", dimension: "theme", level: "support" },
      ...{ value: 4.1, unit: "score", kind: "mean", base },
    });
    const statuses = async (...sizes: readonly number[]) => {
      const regions = sizes.map((base, i) => mean(`r${i}`, base));
      const whole = mean(
        "network",
        sizes.reduce((sum, size) => sum + size, 0),
      );
      return (await released([whole, ...regions])).map(({ conf_status }) => conf_status);
    };
    expect(await statuses(87, 31, 11, 12, 2)).toEqual(["F", "F", "F", "D", "F", "A"]);
  });

  it("who answered a theme's items doesn't tell how few answered elsewhere", async () => {
    const scored = (region: string, base: number): Indicator => ({
      ...{ metric: "survey_theme_score", arm: "mentees", definition: "end", region, period: "2024" },
      ...{ dimension: "theme", level: "support", value: 4.1, unit: "score", kind: "mean", base },
      family: "survey theme mentees",
    });
    const at = { role: "mentee", wave: "end", period: "2024", dimension: "total", level: "total", partial: 0 };
    const counts = [
      { ...at, region: "network", invited: 300, complete: 60, persons: 60 },
      { ...at, region: "brussels", invited: 150, complete: 38, persons: 38 },
      { ...at, region: "flanders", invited: 100, complete: 18, persons: 18 },
      { ...at, region: "wallonia", invited: 50, complete: 4, persons: 4 },
    ];
    const themes = [scored("network", 56), scored("brussels", 38), scored("flanders", 18)];
    const found = async (own: readonly Indicator[]): Promise<readonly string[]> => {
      const folder = mkdtempSync(join(tmpdir(), "duo-impact-answered-"));
      onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
      const values = await released([...responseIndicators(counts, settings), ...own]);
      writeEdition(folder, values, { audience: "public", threshold: 5 });
      return audit([readPublished(folder)], await highsSolver()).recovered.map(({ what }) => what);
    };
    expect(await found(themes.map(ofRespondents))).toEqual([]);
    expect((await found(themes)).filter((what) => /survey_respondents.*wallonia/.test(what))).toHaveLength(1);
  });
});
