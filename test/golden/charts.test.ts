import { afterEach, describe, expect, test, vi } from "vitest";
import { dotInterval } from "../../src/chart/dot-interval.ts";
import { forest } from "../../src/chart/forest.ts";
import { funnel } from "../../src/chart/funnel.ts";
import { likert } from "../../src/chart/likert.ts";
import { love } from "../../src/chart/love.ts";
import { paymentBands } from "../../src/chart/payment-bands.ts";
import { placementCurves } from "../../src/chart/placement-curves.ts";
import { retention } from "../../src/chart/retention.ts";
import { smallMultiples } from "../../src/chart/small-multiples.ts";
import { specificationCurve } from "../../src/chart/specification-curve.ts";
import { stackedOutcomes } from "../../src/chart/stacked-outcomes.ts";
import { drawSvg } from "../../src/chart/svg.ts";
import { trend } from "../../src/chart/trend.ts";
import { balance, bands, cohorts, curves, specifications, subgroups } from "../support/chart-examples.ts";
import {
  extremes,
  fourTrends,
  oneTrend,
  oneYear,
  outcomes,
  regions,
  returns,
  solutions,
  statements,
  steps,
} from "../support/chart-examples-year.ts";
import { matchesGolden } from "../support/golden.ts";

const charts = {
  "dot-interval": dotInterval(cohorts),
  forest: forest(subgroups),
  love: love(balance),
  "payment-bands": paymentBands(bands),
  "placement-curves": placementCurves(curves),
  "specification-curve": specificationCurve(specifications),
  funnel: funnel(steps),
  likert: likert(statements),
  "likert-extremes": likert(extremes),
  trend: trend(oneTrend),
  "trend-of-four": trend(fourTrends),
  "trend-of-one-year": trend(oneYear),
  "small-multiples": smallMultiples(regions),
  retention: retention(returns),
  "stacked-outcomes": stackedOutcomes(outcomes),
  "stacked-outcomes-of-four": stackedOutcomes(solutions),
};

/** One element a line, so that a difference can be read. */
const lines = (svg: string): string => `${svg.replaceAll("><", ">\n<")}\n`;

afterEach(() => vi.unstubAllEnvs());

describe.each(Object.entries(charts))("%s", (name, chart) => {
  test("is drawn for a page as it was", async () => {
    const svg = await drawSvg(chart.wide);
    expect(matchesGolden(`charts/${name}-wide.svg`, lines(svg))).toBeUndefined();
  });

  test("is drawn for a telephone as it was", async () => {
    const svg = await drawSvg(chart.narrow);
    expect(matchesGolden(`charts/${name}-narrow.svg`, lines(svg))).toBeUndefined();
  });

  test("has the same bytes when drawn again, in another time zone", async () => {
    const first = await drawSvg(chart.wide);
    vi.stubEnv("TZ", "Pacific/Auckland");
    expect(await drawSvg(chart.wide)).toBe(first);
  });
});
