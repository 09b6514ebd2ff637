import { expect, test } from "vitest";
import { differenceIntervals } from "../../src/evaluate/two-proportions.ts";
import { metricRows } from "../../src/verify/metric-rows.ts";
import type { Pack } from "../../src/verify/pack.ts";
import { sharesCheck } from "../../src/verify/shares.ts";
import { surveyCheck } from "../../src/verify/survey.ts";

const HEADER =
  "metric,region,period,dimension,level,arm,value,lower,upper,n,unit,obs_status,conf_status,definition,window";
/** 40 of 50 agree in the network in 2024, 27 of 45 in 2023; 20 of 22 of those of 2024 in Brussels. */
const top2 = (region: string, period: string, events: number, n: number): string =>
  `survey_top2,${region},${period},item,team,mentees,${events / n},,,${n},proportion,A,F,end,`;
const compared = (
  metric: string,
  region: string,
  value: number,
  arms: readonly [number, number, number, number],
): string => {
  const [events, size, otherEvents, otherSize] = arms;
  const { lower, upper } = differenceIntervals.newcombe({
    participants: { events, size },
    controls: { events: otherEvents, size: otherSize },
  });
  const n = Math.min(size, otherSize);
  return `${metric},${region},2024,item,team,mentees,${value},${lower},${upper},${n},proportion,A,F,end,`;
};
const packOf = (change: number, rest: number): Pack => {
  const rows = [
    top2("network", "2024", 40, 50),
    top2("network", "2023", 27, 45),
    top2("brussels", "2024", 20, 22),
    compared("survey_change", "network", change, [40, 50, 27, 45]),
    compared("survey_rest_difference", "brussels", rest, [20, 22, 20, 28]),
  ];
  return { rows: metricRows("metrics/metrics.csv", [HEADER, ...rows].join("\r\n")) } as unknown as Pack;
};
const REST = 20 / 22 - 20 / 28;

test("a change and a difference from the rest follow from the shares, with Newcombe's interval", async () => {
  const { compared: numbers, unequal } = await surveyCheck.run(packOf(0.8 - 0.6, REST), {});
  expect([numbers, unequal]).toEqual([6, []]);
});

test("one that doesn't follow is told with its line, and is taken for no share", async () => {
  const { unequal } = await surveyCheck.run(packOf(0.21, REST), {});
  expect(unequal.map(({ line }) => line)).toEqual([5]);
  expect((await sharesCheck.run(packOf(0.21, REST), {})).compared).toBe(0);
});
