import { groupBy } from "../group-by.ts";
import type { Line } from "./sheet.ts";

/** A number that an edition shows or hides of a region. */
export interface Told {
  readonly name: string;
  readonly region: string;
  /** Where it stands, but for the region. */
  readonly place: string;
  /** Null where it is hidden. */
  readonly value: number | null;
  /** Least that it can be. */
  readonly least: number;
}

/** Regions of an earlier edition that a reader takes to be, together, regions of a later one. */
interface Regrouped {
  readonly before: readonly string[];
  readonly now: readonly string[];
}

export interface RegionsBetween {
  /** The sums that a reader believes to be equal. */
  readonly lines: readonly Line[];
  /** Whether a reader has reason to think that a region is what it was. */
  readonly isStanding: (region: string) => boolean;
}

export const NETWORK = "network";
/** So many regions are looked at together, at most. */
const MOST_TOGETHER = 3;

/**
 * Two editions that don't tell of the same regions: a reader looks for regions of one that add up to a region of the
 * other wherever all of them are shown. Of those left over, the ones gone and the ones new are taken to be the same
 * persons, and the ones gone (or new) alone to have joined (or left) the one region that can have taken them in. All
 * this where nothing shown says otherwise.
 */
export function regionsBetween<T extends { readonly region: string }>(
  current: readonly T[],
  earlier: readonly T[],
  toldOf: (item: T) => readonly Told[],
): RegionsBetween {
  const regions = [current, earlier].map((items) => [...new Set(items.map(({ region }) => region))].toSorted().join());
  if (earlier.length === 0 || regions[0] === regions[1]) return { lines: [], isStanding: () => true };
  const [now, before] = [current.flatMap(toldOf), earlier.flatMap(toldOf)];
  const [own, old] = [now, before].map(figuresOf) as [Figures, Figures];
  const lost = [...old.keys()].filter((region) => region !== NETWORK && !own.has(region));
  const gained = [...own.keys()].filter((region) => region !== NETWORK && !old.has(region));
  const standing = new Set([...own.keys()].filter((region) => hasStood(own.get(region), old.get(region))));
  const loose = [...own.keys()].filter((region) => region !== NETWORK && old.has(region) && !standing.has(region));
  const seen = seenEqual([...lost, ...loose], [...gained, ...loose], own, old);
  const found = [...seen, ...leftOver({ lost, gained, loose }, seen, own, old)];
  const isSame = unchangedAt(now, before, found);
  return {
    lines: found
      .flatMap((one) => linesOf(one, now, before).filter(({ place }) => isSame(place)))
      .map(({ line }) => line),
    isStanding: (region) => standing.has(region),
  };
}

type Figures = ReadonlyMap<string, ReadonlyMap<string, Told>>;

const figuresOf = (told: readonly Told[]): Figures =>
  new Map(
    [...groupBy(told, ({ region }) => region)].map(([region, ones]) => [
      region,
      new Map(ones.map((one) => [one.place, one])),
    ]),
  );

/**
 * Whether somebody of a region is shown in both editions, everything that is is the same, and nobody is hidden who was
 * shown before.
 */
function hasStood(now: ReadonlyMap<string, Told> = new Map(), before: typeof now = new Map()): boolean {
  const both = [...now].flatMap(([place, { value }]) => {
    const other = before.get(place)?.value ?? null;
    return other === null || (value ?? 1) + other === 0 ? [] : [value === other];
  });
  return both.length > 0 && both.every(Boolean);
}

/** Regions seen to add up, those at most places first, none twice. */
function seenEqual(olds: readonly string[], news: readonly string[], own: Figures, old: Figures): readonly Regrouped[] {
  const [several, parts] = [together(olds), together(news)];
  const pairs = [
    ...several.flatMap((before) => news.map((one) => ({ before, now: [one] }))),
    ...parts.filter(({ length }) => length > 1).flatMap((some) => olds.map((one) => ({ before: [one], now: some }))),
  ].filter((pair) => isOther(pair) && doesKeep(pair, own, old));
  const judged = pairs.map((pair) => ({ ...pair, equal: equalAt(pair, own, old) }));
  const taken = { before: new Set<string>(), now: new Set<string>() };
  return judged
    .filter(({ equal }) => equal > 0)
    .toSorted((a, b) => b.equal - a.equal || sizeOf(b) - sizeOf(a))
    .filter(({ before, now }) => {
      if (before.some((one) => taken.before.has(one)) || now.some((one) => taken.now.has(one))) return false;
      for (const one of before) taken.before.add(one);
      for (const one of now) taken.now.add(one);
      return true;
    });
}

const sizeOf = ({ before, now }: Regrouped): number => before.length + now.length;

const isOther = ({ before, now }: Regrouped): boolean => before.length + now.length > 2 || before[0] !== now[0];

/** A region that both editions tell of is on both sides, or on neither. */
const doesKeep = ({ before, now }: Regrouped, own: Figures, old: Figures): boolean =>
  before.every((one) => !own.has(one) || now.includes(one)) &&
  now.every((one) => !old.has(one) || before.includes(one));

/** One to three of the regions, in every way. */
function together(regions: readonly string[]): ReadonlyArray<readonly string[]> {
  const sets: string[][] = [];
  for (const region of regions)
    sets.push([region], ...sets.filter(({ length }) => length < MOST_TOGETHER).map((set) => [...set, region]));
  return sets;
}

/** At how many places somebody is shown of all and the sums are equal; -1 where what is shown can't be the same persons. */
function equalAt({ before, now }: Regrouped, own: Figures, old: Figures): number {
  const places = new Set(now.flatMap((region) => [...(own.get(region)?.keys() ?? [])]));
  let equal = 0;
  for (const place of places) {
    const [was, is] = [sumAt(before, old, place), sumAt(now, own, place)];
    if (was === null || is === null) continue;
    if (was.least > is.most || is.least > was.most) return -1;
    if (was.least === was.most && is.least === is.most && was.least > 0) equal += 1;
  }
  return equal;
}

/** What some regions can be together at a place; null where one of them has no such place. */
function sumAt(regions: readonly string[], figures: Figures, place: string) {
  const told = regions.flatMap((region) => figures.get(region)?.get(place) ?? []);
  if (told.length < regions.length) return null;
  return {
    least: told.reduce((sum, { least, value }) => sum + (value ?? least), 0),
    most: told.reduce((sum, { value }) => sum + (value ?? Number.POSITIVE_INFINITY), 0),
  };
}

/** What becomes of regions that nothing shown explains. */
function leftOver(
  { lost, gained, loose }: Readonly<Record<"lost" | "gained" | "loose", readonly string[]>>,
  seen: readonly Regrouped[],
  own: Figures,
  old: Figures,
): readonly Regrouped[] {
  const taken = new Set(seen.flatMap(({ before, now }) => [...before, ...now]));
  const [gone, come, others] = [lost, gained, loose].map((of) => of.filter((region) => !taken.has(region)));
  if (gone === undefined || come === undefined || gone.length + come.length === 0) return [];
  const isPossible = (one: Regrouped): boolean => equalAt(one, own, old) >= 0;
  if (gone.length > 0 && come.length > 0) return [{ before: gone, now: come }].filter(isPossible);
  const joined = (others ?? [])
    .map((region) => ({ before: [...gone, region], now: [...come, region] }))
    .filter(isPossible);
  return joined.length === 1 ? joined : [];
}

/**
 * At which places nobody has come or left, as far as is shown: where the network is shown as it was, or (where no network
 * is told of there) no number that was shown has changed, of regions that are told of as before, or is hidden now.
 */
function unchangedAt(now: readonly Told[], before: readonly Told[], found: readonly Regrouped[]) {
  const own = new Map(now.map((one) => [`${one.region} ${one.place}`, one.value]));
  const valueNow = ({ region, place }: Told): number | null => own.get(`${region} ${place}`) ?? null;
  const others = new Set(found.flatMap((one) => one.now));
  const hasChanged = before.some((one) => {
    const value = others.has(one.region) ? null : valueNow(one);
    return one.value !== null && value !== null && value !== one.value;
  });
  const old = figuresOf(before);
  const isHiddenNow = found.some((one) =>
    now.some(({ region, place, value }) => {
      const was =
        value === null && one.now.length === 1 && region === one.now[0] ? sumAt(one.before, old, place) : null;
      return was !== null && was.least === was.most;
    }),
  );
  const networks = new Map(
    before
      .filter(({ region }) => region === NETWORK)
      .map((one) => [one.place, one.value !== null && one.value === valueNow(one)]),
  );
  return (place: string): boolean => networks.get(place) ?? !(hasChanged || isHiddenNow);
}

interface Equal {
  readonly place: string;
  readonly line: Line;
}

function linesOf({ before, now }: Regrouped, told: readonly Told[], earlier: readonly Told[]): readonly Equal[] {
  const was = groupBy(
    earlier.filter(({ region }) => before.includes(region)),
    ({ place }) => place,
  );
  const is = groupBy(
    told.filter(({ region }) => now.includes(region)),
    ({ place }) => place,
  );
  return [...is].flatMap(([place, ones]): readonly Equal[] => {
    const others = was.get(place) ?? [];
    if (ones.length < now.length || others.length < before.length) return [];
    const terms = [...ones.map(({ name }) => [name, 1] as const), ...others.map(({ name }) => [name, -1] as const)];
    const isShown = [...ones, ...others].every(({ value }) => value !== null);
    return isShown ? [] : [{ place, line: { terms, lower: 0, upper: 0, belief: "regions" } }];
  });
}
