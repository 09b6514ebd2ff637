import type { LabelledInterval } from "../../src/chart/chart.ts";
import type { DotIntervalInput } from "../../src/chart/dot-interval.ts";
import type { ForestInput } from "../../src/chart/forest.ts";
import type { LoveInput } from "../../src/chart/love.ts";
import type { PaymentBandsInput } from "../../src/chart/payment-bands.ts";
import type { PlacementCurvesInput } from "../../src/chart/placement-curves.ts";
import type { SpecificationCurveInput } from "../../src/chart/specification-curve.ts";

/* Invented figures of three charts; synthetic, as all data here. */

const minus = (value: number): string => value.toFixed(1).replace("-", "\u2212");

function points(estimate: number, lower: number, upper: number, solid: boolean): LabelledInterval {
  return {
    ...{ estimate, lower, upper, solid },
    text: minus(estimate),
    intervalText: `[${minus(lower)}, ${minus(upper)}]`,
  };
}

const rate = (value: number) => ({ value, text: value.toFixed(1) });

export const cohorts: DotIntervalInput = {
  locale: "en-GB",
  words: {
    name: "Cohort\nparticipants / controls",
    rates: "Placement rate, %",
    difference: "Difference, percentage points",
    value: "Points\n[95% interval]",
    ratesShort: "Rates, %",
    differenceShort: "Difference, points",
    a: "Participants",
    b: "Similar jobseekers",
    solid: "Interval clears zero",
    outlined: "Interval includes zero",
  },
  rows: [
    {
      name: "2014",
      detail: "105 / 1,318",
      values: { a: rate(42.9), b: rate(33.7), difference: points(9.2, -0.6, 19.0, false) },
    },
    {
      name: "2015",
      detail: "110 / 1,352",
      values: { a: rate(43.6), b: rate(30.5), difference: points(13.1, 3.4, 22.8, true) },
    },
    {
      name: "2016",
      detail: "106 / 1,327",
      values: { a: rate(38.7), b: rate(33.4), difference: points(5.3, -4.3, 14.9, false) },
    },
    {
      name: "Pooled",
      detail: "321 / 3,997",
      sum: true,
      values: { a: rate(41.7), b: rate(32.5), difference: points(9.2, 3.6, 14.8, true) },
    },
  ],
};

export const subgroups: ForestInput = {
  locale: "en-GB",
  words: {
    name: "Subgroup",
    n: "n",
    value: "Points\n[95% interval]",
    solid: "Significant after correction (Holm)",
    outlined: "Not significant",
  },
  reference: { value: 9.2, text: "all: 9.2" },
  groups: [
    {
      name: "Qualification",
      rows: [
        { name: "Low or none", n: "148", interval: points(14.4, 5.8, 23.0, true) },
        { name: "Medium", n: "121", interval: points(5.9, -3.4, 15.2, false) },
        { name: "High", n: "52", interval: points(2.4, -11.3, 16.1, false) },
      ],
    },
    {
      name: "Gender",
      rows: [
        { name: "Women", n: "150", interval: points(10.1, 1.7, 18.5, false) },
        { name: "Men", n: "171", interval: points(8.5, 0.7, 16.3, false) },
      ],
    },
    {
      name: "Origin",
      rows: [
        { name: "Maghreb", n: "121", interval: points(8.4, -0.8, 17.6, false) },
        { name: "Sub-Saharan Africa", n: "109", interval: points(11.2, 1.5, 20.9, false) },
        { name: "Near and Middle East", words: "Not published, so that a smaller group cannot be worked out." },
        { name: "Other Asia", words: "Too few people for a result to be published." },
      ],
    },
  ],
  sum: { name: "All", n: "321", interval: points(9.2, 3.6, 14.8, true) },
};

const difference = (value: number) => ({ value, text: value.toFixed(2) });

export const balance: LoveInput = {
  locale: "en-GB",
  words: { name: "Covariate", before: "Before", after: "After" },
  lines: [
    { value: 0.05, text: ".05" },
    { value: 0.1, text: ".1" },
  ],
  rows: [
    { name: "Unemployment duration, months", before: difference(0.42), after: difference(0.03) },
    { name: "Months worked, last 24", before: difference(0.38), after: difference(0.04) },
    { name: "Age, years", before: difference(0.27), after: difference(0.02) },
    { name: "Low qualification", detail: "exact", before: difference(0.24), after: difference(0) },
    { name: "Earlier registrations", before: difference(0.22), after: difference(0.04) },
    { name: "Non-EU origin, Maghreb", detail: "exact", before: difference(0.19), after: difference(0) },
    { name: "Index month, January", detail: "exact", before: difference(0.12), after: difference(0) },
    { name: "Women", words: "Too few people for a result to be published." },
  ],
};

const curve = (name: string, short: string, endText: string, values: readonly number[], spread: number) => ({
  name,
  short,
  endText,
  points: values.map((value, i) => ({ month: i + 1, value, lower: value - spread, upper: value + spread })),
});

export const curves: PlacementCurvesInput = {
  locale: "en-GB",
  words: { months: "Months since the index date" },
  months: 12,
  a: curve(
    "Participants",
    "Participants",
    "60.9%",
    [9.6, 16.5, 22.2, 27.8, 32, 38.5, 43.2, 47.4, 50.9, 53.4, 58.1, 60.9],
    5,
  ),
  b: curve(
    "Similar jobseekers",
    "Similar",
    "49.7%",
    [9.4, 15.5, 20.8, 25.6, 29.7, 33.9, 37.3, 40.5, 43.9, 46.7, 47.5, 49.7],
    1.8,
  ),
};

export const bands: PaymentBandsInput = {
  locale: "en-GB",
  bands: [
    { from: null, to: 0, label: "1", kind: "band" },
    { from: 0, to: 1, label: "", kind: "undefined" },
    { from: 1, to: 50, label: "2", kind: "reached" },
    { from: 50, to: 100, label: "3", kind: "band" },
    { from: 100, to: null, label: "", kind: "undefined" },
  ],
  reading: { estimate: 29.2, lower: 12.6, upper: 48.2, text: "29.2%", intervalText: "[12.6%, 48.2%]", solid: true },
};

const item = (estimate: number, half: number, primary = false) => ({
  estimate,
  lower: estimate - half,
  upper: estimate + half,
  solid: estimate - half > 0,
  primary,
});

export const specifications: SpecificationCurveInput = {
  locale: "en-GB",
  words: { primary: "Primary specification", axis: "Difference, percentage points" },
  groups: [
    {
      name: "At least 90 days worked, from the index date",
      items: [item(6.1, 6.4), item(7.9, 5.8), item(9.5, 5.6, true), item(9.9, 5.5), item(11.2, 6.9)],
    },
    { name: "At least 90 days worked, from month 6", items: [item(5.2, 5.8), item(6.3, 5.9)] },
    { name: "In work at 12 months", items: [item(12.8, 5.5)] },
  ],
  choices: [
    {
      name: "Matching",
      options: [
        { name: "Exact", held: [false, true, true, false, false, true, true, true] },
        { name: "Nearest", held: [true, false, false, false, true, false, false, false] },
        { name: "Entropy", held: [false, false, false, true, false, false, false, false] },
      ],
    },
    {
      name: "Months of a jobseeker",
      options: [
        { name: "Every month", held: [true, false, true, true, true, true, false, true] },
        { name: "One, drawn", held: [false, true, false, false, false, false, true, false] },
      ],
    },
  ],
};
