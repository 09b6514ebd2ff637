import { groupBy } from "../group-by.ts";
import type { Belief, Line } from "./sheet.ts";

/** A number that an edition shows or hides of one of several groups: regions, or levels of a dimension. */
export interface Told {
  readonly name: string;
  readonly group: string;
  /** Where it stands, but for the group. */
  readonly place: string;
  /** Null where it is hidden. */
  readonly value: number | null;
  /** Least that it can be. */
  readonly least: number;
}

/** Groups of an earlier edition that a reader takes to be, together, groups of a later one. */
interface Regrouped {
  readonly before: readonly string[];
  readonly now: readonly string[];
}

interface GroupsBetween {
  /** The sums that a reader believes to be equal. */
  readonly lines: readonly Line[];
  /** Whether a reader has reason to think that a group is what it was. */
  readonly isStanding: (group: string) => boolean;
}

/** So many groups are looked at together, at most. */
const MOST_TOGETHER = 3;

/**
 * Two editions that don't tell of the same groups: a reader looks for groups of one that add up to a group of the other
 * wherever all of them are shown. Of those left over, the ones gone and the ones new are taken to be the same persons, and
 * the ones gone (or new) alone to have joined (or left) the one group that can have taken them in. All this where nothing
 * shown says otherwise.
 * @param whole what all of them are part of
 */
export function groupsBetween(
  now: readonly Told[],
  before: readonly Told[],
  whole: string,
  belief: Belief,
): GroupsBetween {
  const groups = [now, before].map((told) => [...new Set(told.map(({ group }) => group))].toSorted().join());
  if (before.length === 0 || groups[0] === groups[1]) return { lines: [], isStanding: () => true };
  const [own, old] = [now, before].map(figuresOf) as [Figures, Figures];
  const lost = [...old.keys()].filter((group) => group !== whole && !own.has(group));
  const gained = [...own.keys()].filter((group) => group !== whole && !old.has(group));
  const standing = new Set([...own.keys()].filter((group) => hasStood(own.get(group), old.get(group))));
  const loose = [...own.keys()].filter((group) => group !== whole && old.has(group) && !standing.has(group));
  const seen = seenEqual([...lost, ...loose], [...gained, ...loose], own, old);
  const found = [...seen, ...leftOver({ lost, gained, loose }, seen, own, old)];
  const isSame = unchangedAt(now, before, found, whole);
  return {
    lines: found
      .flatMap((one) => linesOf(one, now, before, belief).filter(({ place }) => isSame(place)))
      .map(({ line }) => line),
    isStanding: (group) => standing.has(group),
  };
}

type Figures = ReadonlyMap<string, ReadonlyMap<string, Told>>;

const figuresOf = (told: readonly Told[]): Figures =>
  new Map(
    [...groupBy(told, ({ group }) => group)].map(([group, ones]) => [
      group,
      new Map(ones.map((one) => [one.place, one])),
    ]),
  );

/**
 * Whether somebody of a group is shown in both editions, everything that is is the same, and nobody is hidden who was
 * shown before.
 */
function hasStood(now: ReadonlyMap<string, Told> = new Map(), before: typeof now = new Map()): boolean {
  const both = [...now].flatMap(([place, { value }]) => {
    const other = before.get(place)?.value ?? null;
    return other === null || (value ?? 1) + other === 0 ? [] : [value === other];
  });
  return both.length > 0 && both.every(Boolean);
}

/** Groups seen to add up, those at most places first, none twice. */
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

/** A group that both editions tell of is on both sides, or on neither. */
const doesKeep = ({ before, now }: Regrouped, own: Figures, old: Figures): boolean =>
  before.every((one) => !own.has(one) || now.includes(one)) &&
  now.every((one) => !old.has(one) || before.includes(one));

/** One to three of the groups, in every way. */
function together(groups: readonly string[]): ReadonlyArray<readonly string[]> {
  const sets: string[][] = [];
  for (const group of groups)
    sets.push([group], ...sets.filter(({ length }) => length < MOST_TOGETHER).map((set) => [...set, group]));
  return sets;
}

/** At how many places somebody is shown of all and the sums are equal; -1 where what is shown can't be the same persons. */
function equalAt({ before, now }: Regrouped, own: Figures, old: Figures): number {
  const places = new Set(now.flatMap((group) => [...(own.get(group)?.keys() ?? [])]));
  let equal = 0;
  for (const place of places) {
    const [was, is] = [sumAt(before, old, place), sumAt(now, own, place)];
    if (was === null || is === null) continue;
    if (was.least > is.most || is.least > was.most) return -1;
    if (was.least === was.most && is.least === is.most && was.least > 0) equal += 1;
  }
  return equal;
}

/** What some groups can be together at a place; null where one of them has no such place. */
function sumAt(groups: readonly string[], figures: Figures, place: string) {
  const told = groups.flatMap((group) => figures.get(group)?.get(place) ?? []);
  if (told.length < groups.length) return null;
  return {
    least: told.reduce((sum, { least, value }) => sum + (value ?? least), 0),
    most: told.reduce((sum, { value }) => sum + (value ?? Number.POSITIVE_INFINITY), 0),
  };
}

/** What becomes of groups that nothing shown explains. */
function leftOver(
  { lost, gained, loose }: Readonly<Record<"lost" | "gained" | "loose", readonly string[]>>,
  seen: readonly Regrouped[],
  own: Figures,
  old: Figures,
): readonly Regrouped[] {
  const taken = new Set(seen.flatMap(({ before, now }) => [...before, ...now]));
  const [gone, come, others] = [lost, gained, loose].map((of) => of.filter((group) => !taken.has(group)));
  if (gone === undefined || come === undefined || gone.length + come.length === 0) return [];
  const isPossible = (one: Regrouped): boolean => equalAt(one, own, old) >= 0;
  if (gone.length > 0 && come.length > 0) return [{ before: gone, now: come }].filter(isPossible);
  const joined = (others ?? [])
    .map((group) => ({ before: [...gone, group], now: [...come, group] }))
    .filter(isPossible);
  return joined.length === 1 ? joined : [];
}

/**
 * At which places nobody has come or left, as far as is shown: where the whole is shown as it was, or (where no whole
 * is told of there) no number that was shown has changed, of groups that are told of as before, or is hidden now.
 */
function unchangedAt(now: readonly Told[], before: readonly Told[], found: readonly Regrouped[], whole: string) {
  const own = new Map(now.map((one) => [`${one.group} ${one.place}`, one.value]));
  const valueNow = ({ group, place }: Told): number | null => own.get(`${group} ${place}`) ?? null;
  const others = new Set(found.flatMap((one) => one.now));
  const hasChanged = before.some((one) => {
    const value = others.has(one.group) ? null : valueNow(one);
    return one.value !== null && value !== null && value !== one.value;
  });
  const old = figuresOf(before);
  const isHiddenNow = found.some((one) =>
    now.some(({ group, place, value }) => {
      const was = value === null && one.now.length === 1 && group === one.now[0] ? sumAt(one.before, old, place) : null;
      return was !== null && was.least === was.most;
    }),
  );
  const wholes = new Map(
    before
      .filter(({ group }) => group === whole)
      .map((one) => [one.place, one.value !== null && one.value === valueNow(one)]),
  );
  return (place: string): boolean => wholes.get(place) ?? !(hasChanged || isHiddenNow);
}

interface Equal {
  readonly place: string;
  readonly line: Line;
}

function linesOf(
  { before, now }: Regrouped,
  told: readonly Told[],
  earlier: readonly Told[],
  belief: Belief,
): readonly Equal[] {
  const was = groupBy(
    earlier.filter(({ group }) => before.includes(group)),
    ({ place }) => place,
  );
  const is = groupBy(
    told.filter(({ group }) => now.includes(group)),
    ({ place }) => place,
  );
  return [...is].flatMap(([place, ones]): readonly Equal[] => {
    const others = was.get(place) ?? [];
    if (ones.length < now.length || others.length < before.length) return [];
    const terms = [...ones.map(({ name }) => [name, 1] as const), ...others.map(({ name }) => [name, -1] as const)];
    const isShown = [...ones, ...others].every(({ value }) => value !== null);
    return isShown ? [] : [{ place, line: { terms, lower: 0, upper: 0, belief } }];
  });
}
