import { wilsonOfRate } from "../evaluate/proportions.ts";
import type { Check } from "./check.ts";
import type { MetricRow } from "./metric-rows.ts";
import { given, heldAgainst, type Rule } from "./rules.ts";
import { SURVEY_COMPARISONS } from "./survey.ts";

/** Shares of mentees, mentors and duos: so many of a whole number, with the Wilson interval that follows. */
export const sharesCheck: Check = {
  name: "shares",
  title: "shares count whole persons or duos, and their intervals follow",
  applies: ({ rows }) => rows.some(isShare),
  run: ({ rows }) => {
    const metrics = [...new Set(rows.filter(isShare).map(({ metric }) => metric))];
    return heldAgainst(metrics.flatMap(rulesOf), rows);
  },
};

const ARMS: ReadonlySet<string> = new Set(["mentees", "mentors", "duos"]);

/** Shares with an interval are so many out of `n`; bounds and means have none, or another, and differences are none. */
const isShare = ({ metric, arm, unit, value, lower, n }: MetricRow): boolean =>
  ARMS.has(arm) &&
  unit === "proportion" &&
  value !== null &&
  lower !== null &&
  n !== null &&
  !(metric in SURVEY_COMPARISONS);

function rulesOf(metric: string): readonly Rule[] {
  const limit = (field: "lower" | "upper"): Rule => ({
    metric,
    field,
    says: "Wilson's interval",
    from: (row) =>
      isShare(row) ? given([row.value, row.n], (value, n) => wilsonOfRate(value, null, n)[field] ?? Number.NaN) : null,
  });
  const whole: Rule = {
    metric,
    field: "value",
    says: "the nearest whole number out of n",
    from: (row) => (isShare(row) ? given([row.value, row.n], (value, n) => Math.round(value * n) / n) : null),
  };
  return [whole, limit("lower"), limit("upper")];
}
