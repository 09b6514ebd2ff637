import { groupBy } from "../group-by.ts";
import { groupsBetween, type Told } from "./regrouped.ts";
import type { Line } from "./sheet.ts";

export const NETWORK = "network";
/** Dimension and level of all persons of a region. */
const TOTAL = "total";

/** Where a number stands among regions and levels. */
interface Standing {
  readonly region: string;
  readonly dimension: string;
  readonly level: string;
}

/** A number that an edition shows or hides. */
export interface Placed extends Omit<Told, "group" | "place">, Standing {
  /** What it counts: all of its name but edition, region, dimension and level. */
  readonly series: string;
}

/**
 * What a reader of two editions takes to be equal though their regions or levels differ: sums over groups that may hold
 * the same people.
 */
export interface Between {
  /** The sums that a reader believes to be equal. */
  readonly lines: readonly Line[];
  /** Whether a reader has reason to think that a group is what it was. */
  readonly isStanding: (at: Standing) => boolean;
}

/** What a reader makes of two editions that don't tell of the same regions, or of the same levels of a dimension. */
export function regionsAndLevels(now: readonly Placed[], before: readonly Placed[]): Between {
  const regions = groupsBetween(...asTold(now, before, inRegion), NETWORK, "regions");
  const levels = new Map(
    dimensionsIn(now, before).map((dimension) => {
      const ofDimension = [now, before].map((told) =>
        told.filter((one) => one.dimension === dimension || one.dimension === TOTAL),
      );
      const [own = [], old = []] = sharedBy(ofDimension[0] ?? [], ofDimension[1] ?? [], dimension);
      return [dimension, groupsBetween(...asTold(own, old, atLevel), TOTAL, "levels")] as const;
    }),
  );
  return {
    lines: [regions, ...levels.values()].flatMap(({ lines }) => lines),
    isStanding: ({ region, dimension, level }) =>
      regions.isStanding(region) && (levels.get(dimension)?.isStanding(level) ?? true),
  };
}

const inRegion = ({ region, series, dimension, level }: Placed) => ({
  group: region,
  place: [series, dimension, level].join(" / "),
});

const atLevel = ({ region, series, level }: Placed) => ({ group: level, place: [series, region].join(" / ") });

const asTold = (
  now: readonly Placed[],
  before: readonly Placed[],
  as: (one: Placed) => Pick<Told, "group" | "place">,
): [readonly Told[], readonly Told[]] => {
  const told = (of: readonly Placed[]) =>
    of.map((one) => ({ name: one.name, value: one.value, least: one.least, ...as(one) }));
  return [told(now), told(before)];
};

/** Dimensions that both editions tell of, and of which levels add up to the total wherever all of it is shown. */
function dimensionsIn(now: readonly Placed[], before: readonly Placed[]): readonly string[] {
  const [own, old] = [now, before].map(
    (told) => new Set(told.flatMap(({ dimension }) => (dimension === TOTAL ? [] : [dimension]))),
  );
  const notParts = new Set([...notAdding(now), ...notAdding(before)]);
  return [...(own ?? [])].filter((dimension) => old?.has(dimension) === true && !notParts.has(dimension));
}

/** Dimensions that have no total, or not that of their levels. */
function notAdding(told: readonly Placed[]): readonly string[] {
  const totals = new Map(told.filter(({ dimension }) => dimension === TOTAL).map((one) => [atLevel(one).place, one]));
  const levels = groupBy(
    told.filter(({ dimension }) => dimension !== TOTAL),
    ({ dimension }) => dimension,
  );
  return [...levels].flatMap(([dimension, ones]) => {
    const tables = [...groupBy(ones, (one) => atLevel(one).place)];
    const isOther = tables.some(([place, table]) => {
      const whole = totals.get(place)?.value ?? null;
      return (
        whole !== null &&
        table.every(({ value }) => value !== null) &&
        table.reduce((sum, { value }) => sum + (value ?? 0), 0) !== whole
      );
    });
    return isOther || !tables.some(([place]) => totals.has(place)) ? [dimension] : [];
  });
}

/** What either edition tells of a dimension, and of all persons, where both tell of the dimension. */
function sharedBy(now: readonly Placed[], before: readonly Placed[], dimension: string) {
  const [own, old] = [now, before].map(
    (told) => new Set(told.flatMap((one) => (one.dimension === dimension ? [atLevel(one).place] : []))),
  );
  return [now, before].map((told) =>
    told.filter((one) => own?.has(atLevel(one).place) === true && old?.has(atLevel(one).place) === true),
  );
}
