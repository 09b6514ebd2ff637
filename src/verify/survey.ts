import { differenceIntervals } from "../evaluate/two-proportions.ts";
import type { Check } from "./check.ts";
import type { Lookup } from "./lookup.ts";
import type { MetricRow } from "./metric-rows.ts";
import { heldAgainst, type Rule } from "./rules.ts";

/** Comparisons of questionnaire shares: proportions that are differences, by metric, with what each is held against. */
export const SURVEY_COMPARISONS: Readonly<Record<string, (row: MetricRow, lookup: Lookup) => Side | null>> = {
  survey_change: (row, lookup) => agreed(row, lookup, { period: String(Number(row.period) - 1) }),
  survey_rest_difference: (row, lookup) => {
    const [all, own] = [agreed(row, lookup, { region: "network" }), agreed(row, lookup, {})];
    return all === null || own === null ? null : { events: all.events - own.events, size: all.size - own.size };
  },
};

interface Side {
  readonly events: number;
  readonly size: number;
}

/** Differences of top-2 shares follow from the shares, with Newcombe's interval. */
export const surveyCheck: Check = {
  name: "questionnaires",
  title: "comparisons of questionnaire answers follow from the shares compared",
  applies: ({ rows }) => rows.some(({ metric }) => metric in SURVEY_COMPARISONS),
  run: ({ rows }) => heldAgainst(Object.entries(SURVEY_COMPARISONS).flatMap(rulesOf), rows),
};

function rulesOf([metric, otherOf]: readonly [string, (row: MetricRow, lookup: Lookup) => Side | null]) {
  const rule = (field: Rule["field"], says: string, from: (own: Side, other: Side) => number | null): Rule => ({
    metric,
    field,
    says,
    from: (row, lookup) => {
      const [own, other] = [agreed(row, lookup, {}), otherOf(row, lookup)];
      return own === null || other === null ? null : from(own, other);
    },
  });
  const limit = (field: "lower" | "upper"): Rule =>
    rule(field, "Newcombe's interval", (own, other) => {
      return differenceIntervals.newcombe({ participants: own, controls: other })[field];
    });
  return [
    rule("value", "one share less the other", (own, other) => own.events / own.size - other.events / other.size),
    limit("lower"),
    limit("upper"),
  ];
}

/** Persons who agree, and all who answered, at the place of `row` or one that differs; null where that isn't shown. */
function agreed(row: MetricRow, lookup: Lookup, change: Partial<MetricRow>): Side | null {
  const share = lookup.at(row, { metric: "survey_top2", ...change });
  if (share?.value == null || share.n === null) return null;
  return { events: Math.round(share.value * share.n), size: share.n };
}
