import type { Finding } from "./finding.ts";

/** Where a value stands, whether in this edition or in an earlier one. */
export type Place = Pick<
  Finding,
  "metric" | "region" | "period" | "dimension" | "level" | "arm" | "definition" | "window"
>;

/** Which persons a value is of: places that differ in metric or arm only have one key. */
export type PersonsPlace = Omit<Place, "metric" | "arm">;

const SEPARATOR = "\u0000";

/** Values over the same persons share this key. */
export const placeKey = ({ region, period, dimension, level, definition, window }: PersonsPlace): string =>
  [region, period, dimension, level, definition, window].join(SEPARATOR);

/** The same place with all persons instead of those of a level. */
export const totalOf = <P extends PersonsPlace>(place: P): P => ({ ...place, dimension: "total", level: "total" });

/** Dimensions whose levels are no parts of a whole: months one after the other, other ways to estimate, checks. */
const NO_PARTS: ReadonlySet<string> = new Set([
  "total",
  "attrition",
  "follow_up",
  "follow_up_month",
  "item",
  "matching",
  "months_since_first_duo",
  "placebo",
  "rung",
  "specification",
  "specification_summary",
  "step",
  "theme",
  "unmatched",
  "verdict",
]);

/** Whether the levels of a dimension are parts of its total. */
export const hasParts = (dimension: string): boolean => !NO_PARTS.has(dimension);

/**
 * Findings that are shown or hidden together: all figures on the same persons. Balance and counts have a life of
 * their own, since they tell of other populations (before matching, rows of the flow).
 */
export function unitKey(finding: Finding): string {
  const { kind } = finding.cell;
  if (finding.cell.family !== undefined) return [finding.cell.family, placeKey(finding)].join(SEPARATOR);
  const family = kind === "balance" || kind === "count" ? kind : "outcome";
  const metric = kind === "count" && hasParts(finding.dimension) ? finding.metric : "";
  return [family, metric, placeKey(finding)].join(SEPARATOR);
}

/** A unit's key for people: `outcome / brussels / 2014 / gender / woman`. */
export const placeText = (unit: string): string =>
  unit
    .split(SEPARATOR)
    .filter((part) => part !== "")
    .join(" / ");

/** First and last year of `2014` or `2014-2016`; null for any other period. */
export function yearsOf(period: string): readonly [first: number, last: number] | null {
  const match = /^(\d{4})(?:-(\d{4}))?$/.exec(period);
  if (match === null) return null;
  const first = Number(match[1]);
  return [first, Number(match[2] ?? first)];
}

/** Those of the places that stand for one year within a period. */
export function yearsWithin<P extends Pick<Place, "period">>(places: readonly P[], period: string): readonly P[] {
  const [from, to] = yearsOf(period) ?? [1, 0];
  return places.filter((place) => {
    const own = yearsOf(place.period);
    return own !== null && own[0] === own[1] && own[0] >= from && own[0] <= to;
  });
}

/** Those of the places that stand for one year within a period; none where a year is missing. */
export function allYearsWithin<P extends Pick<Place, "period">>(places: readonly P[], period: string): readonly P[] {
  const [from, to] = yearsOf(period) ?? [1, 0];
  const years = yearsWithin(places, period);
  return years.length === to - from + 1 ? years : [];
}

/** Whether a period pools several years. */
export function isSeveralYears(period: string): boolean {
  const years = yearsOf(period);
  return years !== null && years[0] < years[1];
}

/** The region that all others are part of. */
export const NETWORK = "network";

/** What is told of a rate: people in the group, and those of them who count. */
export const HALVES = ["base", "numerator"] as const;
/** Base (people in the group) or numerator (those of them who count): a rate is numerator / base. */
export type Half = (typeof HALVES)[number];

/** What a rate stands on: its halves, and the others of the group. */
export const ROLES = [...HALVES, "complement"] as const;
/** A half, or the complement: base = numerator + complement, so that two of them give the third. */
export type Role = (typeof ROLES)[number];

/** Name of a count: its role, its metric and arm, and the place where it stands. */
export const countName = (finding: Place, role: Role): string =>
  [role, finding.metric, finding.arm, placeKey(finding)].join("\u0000");
