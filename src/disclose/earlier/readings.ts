import { groupBy } from "../../group-by.ts";
import type { Finding } from "../finding.ts";
import { countName, HALVES, type Half, hasParts, NETWORK, type Place } from "../place.ts";
import { declaredBlocks, REGION, type Regrouped } from "./declared-groups.ts";
import { type EarlierHidden, type EarlierValue, isShown } from "./earlier.ts";
import { type Grouping, groupingsOf } from "./groupings.ts";
import type { Block, Figures } from "./regrouping.ts";

/** What an earlier edition said of a place: a number, or that it hid one. */
export type Told = EarlierValue | EarlierHidden;

/** What was told of a half: of nobody, nobody counts. */
export const toldOf = (one: Told, half: Half): number | null => (!isShown(one) ? null : one.base === 0 ? 0 : one[half]);

/** A place in any region. */
export const anywhere = (place: Place): string => countName({ ...place, region: "" }, "base");

/** A place in any region, at any level of its dimension. */
export const atAnyLevel = (place: Place): string =>
  anywhere(hasParts(place.dimension) ? { ...place, level: "" } : place);

/** The levels of this dimension as a whole. */
const ALL = "total";

/** What a reader takes each region and level of an earlier edition to be in this one: nothing where its persons have left. */
export interface Reading {
  /** What tells it from other readings of the same edition. */
  readonly name: string;
  /** None where regions are what their names say. */
  readonly regions: readonly Block[];
  /** By dimension, where its levels aren't all what their names say. */
  readonly levels: ReadonlyMap<string, readonly Block[]>;
}

/**
 * How the regions and levels of an earlier edition can be read, where this one doesn't tell of the same: as a project
 * declares; else as merged, split or renamed as it fits best (`regrouping.ts`); and where some are only gone, or only
 * new, and the whole of them can have lost or gained as many, as just that.
 */
export function readingsOf(
  findings: readonly Finding[],
  before: readonly Told[],
  declared: Regrouped = {},
): readonly Reading[] {
  const current = findings.map((place) => ({ place, figures: place.cell }));
  const earlier = before.map((one) => ({
    place: one.place,
    figures: { base: one.base, numerator: toldOf(one, "numerator") },
  }));
  const [old, own] = [byRegion(earlier), byRegion(current)];
  const regions = groupings(old, own, NETWORK, declared[REGION]);
  const levels = levelsOf(earlier, current).map(({ dimension, was, is }) => ({
    dimension,
    ways: groupings(was, is, ALL, declared[dimension]),
  }));
  const names = new Set([regions, ...levels.map(({ ways }) => ways)].flatMap((ways) => ways.map(({ name }) => name)));
  const as = (ways: readonly Grouping[], name: string): readonly Block[] =>
    (ways.find((way) => way.name === name) ?? ways[0])?.blocks ?? [];
  return [...names].map((name) => ({
    name,
    regions: as(regions, name),
    levels: new Map(
      levels.flatMap(({ dimension, ways }) => (ways.length === 0 ? [] : [[dimension, as(ways, name)] as const])),
    ),
  }));
}

const groupings = (
  before: ReadonlyMap<string, Figures>,
  now: ReadonlyMap<string, Figures>,
  whole: string,
  declared: Regrouped[string] | undefined,
): readonly Grouping[] => {
  const blocks = declaredBlocks([...before.keys()], [...now.keys()], declared);
  if (blocks === null) return groupingsOf(before, now, whole);
  return blocks.every(isItself) && before.size === now.size ? [] : [{ name: "", blocks }];
};

const isItself = ({ before, now }: Block): boolean => before.length + now.length === 2 && before[0] === now[0];

interface Numbers {
  readonly place: Place;
  readonly figures: Readonly<Record<Half, number | null>>;
}

const byHalf = ({ figures }: Numbers, key: string) => HALVES.map((half) => [`${half} ${key}`, figures[half]] as const);

/** Figures of each region's total. */
function byRegion(told: readonly Numbers[]): ReadonlyMap<string, Figures> {
  const own = told.filter(({ place }) => place.dimension === ALL);
  return new Map(
    [...groupBy(own, ({ place }) => place.region)].map(([region, ones]) => [
      region,
      new Map(ones.flatMap((one) => byHalf(one, anywhere(one.place)))),
    ]),
  );
}

/** Figures of the levels of each dimension, and of all its levels together, at places where both editions tell of it. */
function levelsOf(before: readonly Numbers[], now: readonly Numbers[]) {
  const isPart = ({ place }: Numbers): boolean => hasParts(place.dimension);
  const [old, own] = [before, now].map((told) => groupBy(told.filter(isPart), tableOf));
  const both = [...(old ?? [])].flatMap(([key, was]) => {
    const is = own?.get(key);
    return is === undefined ? [] : [{ key, was, is, dimension: was[0]?.place.dimension ?? "" }];
  });
  const [oldTotals, ownTotals] = [before, now].map(
    (told) => new Map(told.map((one) => [countName(one.place, "base"), one])),
  );
  return [...groupBy(both, ({ dimension }) => dimension)].map(([dimension, tables]) => {
    const levelsIn = (side: "was" | "is", totals = side === "was" ? oldTotals : ownTotals) => {
      const told = tables.flatMap((table) => {
        const [first] = table[side];
        const all = first && totals?.get(countName({ ...first.place, dimension: ALL, level: ALL }, "base"));
        return [...table[side], ...(all === undefined ? [] : [all])].map((one) => ({ one, key: table.key }));
      });
      return new Map(
        [...groupBy(told, ({ one }) => one.place.level)].map(([level, ones]) => [
          level,
          new Map(ones.flatMap(({ one, key }) => byHalf(one, key))),
        ]),
      );
    };
    return { dimension, ...withoutNobody(levelsIn("was"), levelsIn("is")) };
  });
}

const tableOf = ({ place }: Numbers): string => countName({ ...place, level: "" }, "base");

/** Levels of nobody that the other edition doesn't tell of are nothing. */
function withoutNobody(was: ReadonlyMap<string, Figures>, is: ReadonlyMap<string, Figures>) {
  const isSomebody = (figures: Figures): boolean => [...figures.values()].some((value) => value !== 0);
  const kept = (levels: typeof was, others: typeof was) =>
    new Map([...levels].filter(([level, figures]) => others.has(level) || isSomebody(figures)));
  return { was: kept(was, is), is: kept(is, was) };
}
