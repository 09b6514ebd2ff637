import type { Check } from "./check.ts";
import type { Lookup } from "./lookup.ts";
import type { MetricRow } from "./metric-rows.ts";
import { given, heldAgainst, type Rule } from "./rules.ts";

/** Verdicts follow from the figures that they judge, and these from what is published beside them. */
export const verdictsCheck: Check = {
  name: "verdicts",
  title: "verdicts follow from their figures and thresholds",
  applies: ({ rows }) => rows.some(({ metric }) => metric === "verdict_passed"),
  run: ({ rows }) => heldAgainst(RULES, rows),
};

/** Figures that must stay under their threshold; all others must reach it. */
const AT_MOST: ReadonlySet<string> = new Set(["maxSmd", "placebo"]);

const RULES: readonly Rule[] = [
  {
    metric: "verdict_passed",
    field: "value",
    says: "the figure held against its threshold",
    from: (row, { at }) =>
      given(
        [at(row, { metric: "verdict_value" })?.value, at(row, { metric: "verdict_threshold" })?.value],
        (value, limit) => ((AT_MOST.has(row.level) ? value <= limit : value >= limit) ? 1 : 0),
      ),
  },
  { metric: "verdict_value", field: "value", says: "what is published of it", from: figure },
  {
    metric: "verdict_value",
    field: "value",
    says: "the largest difference after matching",
    from: (row, lookup) => (row.level === "maxSmd" ? largestSmd(row, lookup) : null),
    // both are published to three decimals, the figure on its side of the threshold
    within: 0.001001,
  },
];

const FIGURES: Readonly<Record<string, (row: MetricRow, lookup: Lookup) => number | null | undefined>> = {
  matchedShare: (row, { at }) =>
    at(row, { metric: "matched_share", dimension: "matching", level: "matched", arm: "participants" })?.value,
  essControlPersons: (row, { at }) =>
    at(row, { metric: "effective_sample_size", dimension: "total", level: "total", arm: "controls" })?.value,
};

function figure(row: MetricRow, lookup: Lookup): number | null {
  return FIGURES[row.level]?.(row, lookup) ?? null;
}

/** Where every difference is shown. */
function largestSmd(row: MetricRow, { rows }: Lookup): number | null {
  const own = rows.filter(
    ({ metric, region, period, definition, window }) =>
      metric === "smd_after" &&
      region === row.region &&
      period === row.period &&
      definition === row.definition &&
      window === row.window,
  );
  return own.length === 0
    ? null
    : given(
        own.map(({ value }) => value),
        (...values) => Math.max(...values.map(Math.abs)),
      );
}
