import { describe, expect, test } from "vitest";
import type { ChartPair } from "../../src/chart/chart.ts";
import { funnel } from "../../src/chart/funnel.ts";
import { likert } from "../../src/chart/likert.ts";
import { textWidth } from "../../src/chart/metrics.ts";
import { retention } from "../../src/chart/retention.ts";
import { smallMultiples } from "../../src/chart/small-multiples.ts";
import { stackedOutcomes } from "../../src/chart/stacked-outcomes.ts";
import { drawSvg } from "../../src/chart/svg.ts";
import { trend } from "../../src/chart/trend.ts";
import { upwardAxis } from "../../src/chart/upward-axis.ts";
import * as examples from "../support/chart-examples-year.ts";

const { steps, statements, oneTrend, fourTrends, regions, returns, outcomes } = examples;

const drawings = async ({ wide, narrow }: ChartPair): Promise<readonly string[]> => [
  await drawSvg(wide),
  await drawSvg(narrow),
];

/** Every text with its place, from the drawing itself. */
function textsOf(svg: string) {
  return [...svg.matchAll(/<text([^>]*)>([^<]*)<\/text>/g)].map(([, attributes = "", text = ""]) => {
    const at = /translate\((-?[\d.]+),(-?[\d.]+)\)/.exec(attributes);
    const size = Number(/font-size="([\d.]+)px"/.exec(attributes)?.[1] ?? 13);
    const weight = /font-weight="600"/.test(attributes) ? 600 : 400;
    const anchor = /text-anchor="(\w+)"/.exec(attributes)?.[1] ?? "start";
    const words = text.replaceAll("&amp;", "&").replaceAll("&lt;", "<").replace(/ +/g, " ");
    const width = textWidth(words, size, weight);
    const x = Number(at?.[1]) - (anchor === "end" ? width : anchor === "middle" ? width / 2 : 0);
    return { words, left: x, right: x + width, y: Number(at?.[2]), size };
  });
}

const charts: Readonly<Record<string, ChartPair>> = {
  funnel: funnel(steps),
  likert: likert(statements),
  "likert of extremes": likert(examples.extremes),
  trend: trend(oneTrend),
  "trend of four": trend(fourTrends),
  "trend of one year": trend(examples.oneYear),
  "small multiples": smallMultiples(regions),
  retention: retention(returns),
  "stacked outcomes": stackedOutcomes(outcomes),
  "stacked outcomes of four": stackedOutcomes(examples.solutions),
};

const empty: Readonly<Record<string, ChartPair>> = {
  funnel: funnel({ ...steps, steps: [] }),
  likert: likert({ ...statements, rows: [] }),
  trend: trend({ ...oneTrend, series: [] }),
  "trend without years": trend({ ...oneTrend, years: [], series: [] }),
  "small multiples": smallMultiples({ ...regions, panels: [], reference: [] }),
  retention: retention({ ...returns, series: [] }),
  "stacked outcomes": stackedOutcomes({ ...outcomes, rows: [] }),
};

const single: Readonly<Record<string, ChartPair>> = {
  funnel: funnel({ ...steps, steps: steps.steps.slice(0, 1) }),
  likert: likert({ ...statements, rows: statements.rows.slice(0, 1) }),
  "hidden likert": likert({ ...statements, rows: statements.rows.slice(1, 2) }),
  "small multiples": smallMultiples({ ...regions, panels: regions.panels.slice(0, 1) }),
  "stacked outcomes": stackedOutcomes({ ...outcomes, rows: outcomes.rows.slice(0, 1) }),
};

describe.each(Object.entries({ ...charts, ...single }))("the %s", (_, pair) => {
  test("keeps every text inside the drawing and off every other", async () => {
    for (const svg of await drawings(pair)) {
      const [, width, height] = /width="(\d+)" height="(\d+(?:\.\d+)?)"/.exec(svg) ?? [];
      const texts = textsOf(svg);
      expect(texts.length).toBeGreaterThan(0);
      for (const { words, left, right, y } of texts) {
        expect(left, words).toBeGreaterThanOrEqual(-0.5);
        expect(right, words).toBeLessThanOrEqual(Number(width) + 0.5);
        expect(y, words).toBeLessThanOrEqual(Number(height));
      }
      const overlaps = texts.flatMap((one, i) =>
        texts
          .slice(i + 1)
          .filter((two) => Math.abs(one.y - two.y) < 12 && one.left < two.right - 1 && two.left < one.right - 1)
          .map((two) => `${one.words} | ${two.words}`),
      );
      expect(overlaps).toEqual([]);
    }
  });
});

test.each(Object.entries(empty))("the %s is drawn without rows", async (_, pair) => {
  for (const svg of await drawings(pair)) expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

describe("what is not published", () => {
  test("leaves no number behind it, in the specification or in the drawing", async () => {
    const hidden = { at: 2021, words: "Non publié", lower: 123.456, upper: 234.567 };
    const secret = trend({ ...oneTrend, series: [{ name: "A", points: [{ at: 2020, value: 1 }, hidden] }] });
    expect(JSON.stringify(secret)).not.toMatch(/123\.|234\./);
  });

  test("stands behind the places that are shown, in a row as high as its words", async () => {
    const shown = regions.panels.filter(({ words }) => words === undefined).slice(0, 3);
    const hidden = ["A", "B"].map((name) => ({ name, words: "Trop peu", points: [] }));
    const [without = "", before = ""] = await Promise.all(
      [shown, [...hidden, ...shown]].map(async (panels) => (await drawings(smallMultiples({ ...regions, panels })))[0]),
    );
    const heightOf = (svg: string): number => Number(/height="(\d+(?:\.\d+)?)"/.exec(svg)?.[1]);
    expect(heightOf(before) - heightOf(without)).toBeLessThan(70);
    const texts = textsOf(before);
    for (const text of textsOf(without)) expect(texts).toContainEqual(text);
  });

  test("moves nothing that is shown: the other rows stand as without it", async () => {
    const without = likert({ ...statements, rows: statements.rows.filter(({ shares }) => shares !== undefined) });
    const [whole] = await drawings(likert(statements));
    const [part] = await drawings(without);
    const bars = (svg = ""): readonly string[] =>
      [...svg.matchAll(/<path[^>]*fill="#12436D"[^>]*>/g)].map(([path]) => path);
    expect(bars(whole)).toEqual(bars(part));
  });

  test("has no place in the order of agreement: it stands last", () => {
    const names = JSON.stringify(likert(statements).wide);
    expect(names.lastIndexOf("Le suivi après le duo est utile")).toBeGreaterThan(names.lastIndexOf("La formation"));
  });

  test("breaks a line: no segment crosses a year that is missing or hidden", async () => {
    const [svg = ""] = await drawings(trend(oneTrend));
    const lines = [...svg.matchAll(/<path d="(M[^"Z]*)"[^>]*stroke="#12436D" stroke-width="2"/g)].map(
      ([, d = ""]) => d,
    );
    expect(lines.map((d) => d.split("L").length)).toEqual([3]);
  });
});

test("a step that counts others is open and has no share of the step before", () => {
  const [first, second, third] = steps.steps;
  const aside = { ...third, name: third?.name ?? "", passed: "27 %", compared: "30 %" };
  const spec = JSON.stringify(funnel({ ...steps, steps: [first, second, aside].flatMap((step) => step ?? []) }));
  expect(spec).not.toMatch(/27 %|30 %/);
});

test("a trend of five series is refused", () => {
  const five = [1, 2, 3, 4, 5].map((i) => ({ name: String(i), points: [{ at: 2024, value: i }] }));
  expect(() => trend({ ...oneTrend, series: five })).toThrow("5 series");
});

test("a row with fewer shares than parts is refused", () => {
  const rows = [{ name: "2024", shares: [{ value: 100, text: "100" }] }];
  expect(() => stackedOutcomes({ ...outcomes, rows })).toThrow("1 shares of 6 parts");
});

describe("the upright axis", () => {
  test.each([
    [[0, 70], 5, [0, 20, 40, 60, 80]],
    [[0.2, 0.31], 5, [0, 0.1, 0.2, 0.3, 0.4]],
    [[-30, 45], 5, [-40, -20, 0, 20, 40, 60]],
    [[1234], 3, [0, 500, 1000, 1500]],
    [[0], 5, [0, 1]],
  ] as const)("holds zero and %j in at most %i steps", (values, lines, ticks) => {
    const axis = upwardAxis(values, { top: 0, height: 100 }, lines);
    expect(axis.ticks).toEqual(ticks);
    expect(axis.at(ticks[0])).toBe(100);
    expect(axis.at(ticks.at(-1) ?? 0)).toBeCloseTo(0);
  });

  test("is a line at zero where there are no values", () => {
    const axis = upwardAxis([], { top: 0, height: 100 }, 5);
    expect([axis.ticks, axis.at(0)]).toEqual([[0], 100]);
  });
});
