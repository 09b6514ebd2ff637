import { couldBe, type PublishedEdition, type PublishedRow, sharedBy } from "./published.ts";

/** What a published row says or hides of persons (or rows): what it counts, the base of a rate or mean, who counts in it, the others. */
export type Role = "counted" | "base" | "numerator" | "others";

type Place = Pick<
  PublishedRow,
  "metric" | "region" | "period" | "dimension" | "level" | "arm" | "definition" | "window"
>;

/** One number of persons (or rows) that a row tells or hides, with the least and most that it can be. */
export interface Item extends Place {
  readonly edition: string;
  /** Edition and place, written once: thousands of items are looked up by it again and again. */
  readonly key: string;
  readonly role: Role;
  readonly least: number;
  readonly most: number;
  readonly isHidden: boolean;
  /** The number that is shown, where counts are rounded too; null where none is. */
  readonly told: number | null;
  /** Counts of the edition are multiples of this. */
  readonly base: number | null;
}

/** The items of a row: a count and its base, or the base of a rate or mean and its two halves; none where nobody is told of. */
export function itemsOf({ name: edition, base }: PublishedEdition, row: PublishedRow): readonly Item[] {
  const { metric, region, period, dimension, level, arm, definition, window, value, n } = row;
  const isHidden = row.conf_status !== "F";
  const key = keyOf({ ...row, edition });
  const place = { metric, region, period, dimension, level, arm, definition, window, edition, key, isHidden, base };
  const item = (role: Role, told: number | null, ends = told === null ? null : couldBe(told, base)): Item => {
    // where counts are rounded, a rate of too few is left out whether anybody is behind it or not
    const isMaybeNobody = role === "others" || role === "numerator" || base !== null;
    const [least, most] = ends ?? [isMaybeNobody ? 0 : 1, Number.POSITIVE_INFINITY];
    return { ...place, role, told, least, most };
  };
  if (row.unit === "persons" || row.unit === "rows") {
    const counted = item("counted", value);
    return n === null || n === value ? [counted] : [counted, item("base", n)];
  }
  if (n === null && !isHidden) return [];
  if (row.unit !== "proportion") return [item("base", n)];
  // controls are weighted, and a difference of two shares is none: neither is so many of a number of persons
  const isNoShare = arm === "controls" || isDifference(metric);
  const shared = base !== null && isNoShare ? null : sharedBy(row, base);
  const half = n === 0 ? 0 : null;
  if (shared === null) return [item("base", n), item("numerator", half), item("others", half)];
  const { all, some } = shared;
  const near = n === null || value === null ? null : Math.round(n * value);
  return [item("base", n, all), item("numerator", some[0] <= some[1] ? near : null, some), item("others", null)];
}

/** Whether a metric is a difference of two numbers, which tells of no count by itself. */
export const isDifference = (metric: string): boolean => /_(difference|change)$/.test(metric);

/** A name by which an item's count is written, and found again, in the attacker's equations. */
export const nameOf = ({ role, metric, key }: Item, as = role): string => `${as} / ${metric} / ${key}`;

type Keyed = Omit<Place, "metric"> & Pick<Item, "edition">;

/** Where an item stands, or would stand with some of it changed, as one text. */
export const keyOf = (item: Keyed, change: Partial<Keyed> = {}): string =>
  [
    change.edition ?? item.edition,
    change.region ?? item.region,
    change.period ?? item.period,
    change.dimension ?? item.dimension,
    change.level ?? item.level,
    change.arm ?? item.arm,
    item.definition,
    item.window,
  ].join(" / ");

/** The name of the same number, whatever edition tells it. */
export const unnamed = (item: Item, as = item.role): string =>
  `${as} / ${item.metric} / ${keyOf(item, { edition: "" })}`;

/** Whether an item is told: exactly, or as a multiple where counts are rounded. */
export const isShown = ({ least, most, told, base }: Item): boolean => (base === null ? least === most : told !== null);

/** What is shown of an item that is. */
export const shownOf = ({ most, told, base }: Item): number => (base === null ? most : (told ?? most));
