import type { LabelledInterval } from "../../src/chart/chart.ts";
import type { DotIntervalInput } from "../../src/chart/dot-interval.ts";
import type { ForestInput } from "../../src/chart/forest.ts";
import type { LoveInput } from "../../src/chart/love.ts";

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
