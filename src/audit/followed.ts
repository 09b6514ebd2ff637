import { groupBy } from "../group-by.ts";
import { type Item, keyOf, nameOf, type Role } from "./items.ts";
import type { PublishedEdition } from "./published.ts";
import { equation, type Line, noMore, type Unknown } from "./sheet.ts";

const CURVE = { metric: "mentors_returned", dimension: "months_since_first_duo" };

/** A share within so many months, or however long (Infinity), with the number of each of its roles. */
interface Point {
  readonly months: number;
  readonly of: (role: Role) => Item | undefined;
}

/**
 * Mentors followed for many months are among those followed for fewer, and who started another duo soon is among those who
 * had later. Of a period that closed as long before the data, everybody is followed: then each step of the curve counts
 * those who came back in between, and each step of its bases those followed for less only.
 */
export function followedOf({ rows, base }: PublishedEdition, items: readonly Item[]) {
  const asOf = rows.find(({ as_of = "" }) => as_of !== "")?.as_of;
  const own = items.filter(
    ({ metric, dimension }) => metric === CURVE.metric && (dimension === "total" || dimension === CURVE.dimension),
  );
  const unknowns: Unknown[] = [];
  const lines: Line[] = [];
  const gap = (whole: Item, part: Item): void => {
    const name = `between ${part.level} and ${whole.level} / ${nameOf(whole)}`;
    unknowns.push({ name, least: 0, most: Number.POSITIVE_INFINITY, isTarget: base === null, isMaybeNobody: true });
    lines.push(equation(nameOf(whole), [nameOf(part), name]));
  };
  for (const curve of groupBy(own, (item) => keyOf(item, { dimension: "", level: "" })).values()) {
    const points = pointsOf(curve);
    for (const [i, long] of points.entries())
      for (const short of points.slice(0, i)) {
        // whoever is followed until today stands for all, though not for as many months
        const [most, fewest] = long.months === Number.POSITIVE_INFINITY ? [long, short] : [short, long];
        const [all, some] = [most.of("base"), fewest.of("base")];
        if (all === undefined || some === undefined) continue;
        const isEverybody = isFollowed(all.period, fewest.months, asOf) || isShownEqual(all, some);
        if (isEverybody) lines.push(equation(nameOf(all), [nameOf(some)]));
        else gap(all, some);
        const [soon, later] = [short.of("numerator"), long.of("numerator")];
        if (isEverybody && soon !== undefined && later !== undefined) gap(later, soon);
        const role = long.months === Number.POSITIVE_INFINITY ? "numerator" : "others";
        const [few, many] = [fewest.of(role), most.of(role)];
        if (few !== undefined && many !== undefined) lines.push(noMore(nameOf(few), nameOf(many)));
      }
  }
  return { unknowns, lines };
}

const pointsOf = (curve: readonly Item[]): readonly Point[] =>
  [...groupBy(curve, ({ dimension, level }) => (dimension === "total" ? Number.POSITIVE_INFINITY : Number(level)))]
    .toSorted(([a], [b]) => a - b)
    .map(([months, own]) => ({ months, of: (role) => own.find((item) => item.role === role) }));

const isShownEqual = (one: Item, other: Item): boolean => one.told !== null && one.told === other.told;

/** Whether so many months have passed from the last day of a period's years to the day of the data. */
function isFollowed(period: string, months: number, asOf: string | undefined): boolean {
  const last = Number(period.split("-").at(-1));
  if (asOf === undefined || !Number.isFinite(months) || !Number.isFinite(last)) return false;
  // day 0 of a month is the last of the one before
  return new Date(Date.UTC(last + 1, months, 0)) <= new Date(`${asOf}T00:00:00Z`);
}
