import type { Check } from "./check.ts";
import { keyOfFigure, type MetricRow, nameOfFigure } from "./metric-rows.ts";

/** Limits enclose their value, shares lie between 0 and 1, counts are whole, hidden values are empty, no place is told twice. */
export const orderCheck: Check = {
  name: "values",
  title: "limits enclose values, each value is one that its unit can have",
  applies: ({ rows }) => rows.length > 0,
  run: ({ rows }) => {
    const seen = new Map<string, number>();
    const unequal = rows.flatMap((row) => {
      const key = keyOfFigure(row);
      const first = seen.get(key);
      seen.set(key, first ?? row.line);
      const twice = first === undefined ? [] : [`is told in line ${first} already`];
      return [...twice, ...problems(row)].map((what) => ({
        file: row.file,
        line: row.line,
        what: `${nameOfFigure(row)}: ${what}`,
      }));
    });
    return { compared: rows.length, unequal };
  },
};

/** Metrics that count. */
const WHOLE: ReadonlySet<string> = new Set(["placements", "persons_in_duos", "step_reached", "entered"]);
/** Metrics that say yes (1) or no (0). */
const YES_OR_NO: ReadonlySet<string> = new Set(["verdict_passed", "payment_allowed"]);
const NEAR = 1e-9;

function problems(row: MetricRow): readonly string[] {
  const { value, lower, upper, n, unit, conf_status: status } = row;
  const numbers = [value, lower, upper, n];
  const isHidden = status === "A" || status === "D";
  const isBelow = (low: number | null, high: number | null): boolean =>
    low === null || high === null || low <= high + NEAR;
  const isProbability = unit === "probability" && value !== null && (value < 0 || value > 1);
  return [
    ...(numbers.some((number) => Number.isNaN(number)) ? ["holds what is no number"] : []),
    ...(["F", "A", "D"].includes(status) ? [] : [`has the status '${status}', which none has`]),
    ...(isHidden && numbers.some((number) => number !== null) ? [`is hidden (${status}) and shown`] : []),
    ...(isBelow(lower, value) && isBelow(value, upper) && isBelow(lower, upper)
      ? []
      : [`${value} lies outside of [${lower}, ${upper}]`]),
    ...(isProbability ? [`${value} is no probability`] : []),
    ...(WHOLE.has(row.metric) && value !== null && !Number.isInteger(value) ? [`${value} counts nobody`] : []),
    ...(YES_OR_NO.has(row.metric) && value !== null && value !== 0 && value !== 1
      ? [`${value} is neither 0 nor 1`]
      : []),
    ...(n !== null && (n < 0 || !Number.isInteger(n)) ? [`n is ${n}`] : []),
  ];
}
