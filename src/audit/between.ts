import { groupBy } from "../group-by.ts";
import { type Between, type Placed, regionsAndLevels } from "./regions-and-levels.ts";
import {
  bucket,
  equal,
  type Group,
  nameOf,
  OTHERS,
  PEOPLE,
  PLACED,
  type Sheet,
  sameBut,
  tellNobody,
  write,
} from "./sheet.ts";

/** Two editions: what stands in both is one number where it hasn't changed; what a period has gained is a group. */
export function writeBetween(sheet: Sheet, now: readonly Group[], before: readonly Group[]): void {
  const gained: { readonly name: string; readonly what: string; readonly group: Group; readonly from: string }[] = [];
  const { lines, isStanding } = regionsAndLevels(now.flatMap(toldOf), before.flatMap(toldOf));
  sheet.lines.push(...lines);
  writeSame(sheet, pairsOf(before, now, placeOf), isStanding);
  for (const { old, group } of pairsOf(before, now, placeInAnyPeriod).filter(({ group }) => isStanding(group)))
    if (old.period !== group.period && isWithin(old.period, group.period) && group.arm === "participants")
      for (const what of [PEOPLE, PLACED, OTHERS]) {
        const name = `${nameOf(what, group)}, without ${old.period}`;
        write(sheet, name, 0, Number.POSITIVE_INFINITY, true);
        equal(sheet, nameOf(what, group), [nameOf(what, old), name], "some came or left");
        gained.push({ name, what, group, from: old.period });
      }
  for (const rest of gained.filter(({ what }) => what === PEOPLE)) {
    const parts = [PLACED, OTHERS].map((what) => rest.name.replace(PEOPLE, what));
    equal(sheet, rest.name, parts, "some came or left");
  }
  for (const whole of gained.filter(({ group }) => group.dimension === "total"))
    for (const table of bucket(
      gained.filter(
        ({ group, what, from }) =>
          what === whole.what &&
          from === whole.from &&
          group.dimension !== "total" &&
          sameBut(group, { dimension: "", level: "" }) === sameBut(whole.group, { dimension: "", level: "" }),
      ),
      ({ group }) => group.dimension,
    ))
      writeGained(
        sheet,
        whole.name,
        table.map(({ name }) => name),
        isOfAll(table, now, before),
      );
}

/** What a dimension's levels have gained is what the total has, or no more where some of them go by other names now. */
function writeGained(sheet: Sheet, whole: string, levels: readonly string[], areAll: boolean): void {
  const terms = [...levels.map((name) => [name, 1] as const), [whole, -1] as const];
  sheet.lines.push({ terms, lower: areAll ? 0 : Number.NEGATIVE_INFINITY, upper: 0, belief: "some came or left" });
}

/** Whether these are all levels of their dimension that either edition tells of in its period. */
function isOfAll(
  table: ReadonlyArray<{ readonly group: Group; readonly from: string }>,
  now: readonly Group[],
  before: readonly Group[],
): boolean {
  const [first] = table;
  if (first === undefined) return false;
  const numberIn = (groups: readonly Group[], period: string): number => {
    const place = sameBut(first.group, { period, level: "", edition: "" });
    return groups.filter(
      (group) => group.dimension === first.group.dimension && sameBut(group, { level: "", edition: "" }) === place,
    ).length;
  };
  return table.length === numberIn(now, first.group.period) && table.length === numberIn(before, first.from);
}

/** One place as two editions tell of it. */
interface Pair {
  readonly old: Group;
  readonly group: Group;
}

const placeOf = (group: Group): string => sameBut(group, { edition: "" });

const placeInAnyPeriod = (group: Group): string => sameBut(group, { period: "", edition: "" });

/** An earlier edition's groups, each with those of this one that share its key, in the order of both. */
function pairsOf(before: readonly Group[], now: readonly Group[], key: (group: Group) => string): readonly Pair[] {
  const byKey = groupBy(now, key);
  return before.flatMap((old) => (byKey.get(key(old)) ?? []).map((group) => ({ old, group })));
}

/** What a group tells of persons, exactly. */
const toldOf = (group: Group): readonly Placed[] =>
  (group.base === null && group.arm === "participants" ? [group.all, group.placed] : []).map((range, i) => {
    const what = [PEOPLE, PLACED][i] ?? PEOPLE;
    const isNobody = group.people === 0;
    const value = isNobody ? 0 : range !== null && range[0] === range[1] ? range[0] : null;
    return {
      ...{ name: nameOf(what, group), value, least: range?.[0] ?? 1 - i },
      ...{ region: group.region, dimension: group.dimension, level: group.level },
      series: nameOf(what, { ...group, region: "", dimension: "", level: "", edition: "" }),
    };
  });

/** What stands in both editions is one number where both show the same, or where a reader has reason to think so. */
function writeSame(sheet: Sheet, pairs: readonly Pair[], isStanding: Between["isStanding"]): void {
  for (const { group, old } of pairs.filter(({ group, old }) => group.people !== null && old.people !== null)) {
    if (group.people === old.people) writeOne(sheet, group, old);
    else if (group.base !== null || old.base !== null) writeNear(sheet, group, old);
    else writeGap(sheet, group, old);
  }
  for (const { group, old } of believedSame(pairs)) if (isStanding(group)) writeOne(sheet, group, old);
}

/** The halves of a group are one only where they can be. */
function writeOne(sheet: Sheet, group: Group, old: Group): void {
  if (!doMeet(group.all, old.all)) return;
  equal(sheet, nameOf(PEOPLE, group), [nameOf(PEOPLE, old)], "unchanged");
  if (!doMeet(group.placed, old.placed)) return;
  for (const what of [PLACED, OTHERS]) equal(sheet, nameOf(what, group), [nameOf(what, old)], "unchanged");
}

type Range = readonly [least: number, most: number] | null;

/** Nobody at all is told as such, so a hidden group isn't nobody. */
const doMeet = (one: Range, other: Range): boolean =>
  one === null || other === null ? (one ?? other)?.[1] !== 0 : Math.max(one[0], other[0]) <= Math.min(one[1], other[1]);

function writeNear(sheet: Sheet, group: Group, old: Group): void {
  const distance = Math.abs(Number(group.people) - Number(old.people));
  if (distance < Math.max(group.base ?? 0, old.base ?? 0)) writeOne(sheet, group, old);
}

/** Those who came or left; who of them was placed, where neither half shows that some came and others left. */
function writeGap(sheet: Sheet, group: Group, old: Group): void {
  const [larger, smaller] = Number(group.people) > Number(old.people) ? [group, old] : [old, group];
  const halves = [othersOf, ({ placed }: Group) => placed].every((half) => isOrdered(half(smaller), half(larger)));
  const names = (halves ? [PEOPLE, PLACED, OTHERS] : [PEOPLE]).map((what) => {
    const name = `${nameOf(what, larger)}, without ${smaller.edition}`;
    write(sheet, name, 0, Number.POSITIVE_INFINITY, true);
    equal(sheet, nameOf(what, larger), [nameOf(what, smaller), name], "some came or left");
    return name;
  });
  const [all = "", ...parts] = names;
  if (halves) equal(sheet, all, parts);
  for (const part of parts) tellNobody(sheet, part);
}

const othersOf = ({ all, placed }: Group): Range =>
  all === null || placed === null ? null : [all[0] - placed[1], all[1] - placed[0]];

const isOrdered = (less: Range, more: Range): boolean => less !== null && more !== null && less[1] <= more[0];

/**
 * Groups that an edition hides and that a reader takes to be unchanged: those of a region, period and outcome of which
 * nothing that both editions show has changed (where both show nothing, of all its periods); and levels or years of
 * which those shown have changed by as much as the whole.
 */
function believedSame(pairs: readonly Pair[]): readonly Pair[] {
  const hasStood = standing(pairs);
  const levels = bucket(pairs.filter(isLevel), ({ group }) => sameBut(group, { level: "" }));
  const years = bucket(pairs.filter(isYear), ({ group }) => sameBut(group, { period: "" }));
  const byPlace = groupBy(pairs, ({ group }) => sameBut(group, {}));
  const pooled = groupBy(
    pairs.filter(({ group }) => isWithin(group.period, group.period)),
    ({ group }) => sameBut(group, { period: "" }),
  );
  const tables = [
    ...levels.map((parts) => ({ parts, whole: firstAt(byPlace, parts[0], TOTAL) })),
    ...years.map((parts) => ({ parts, whole: firstAt(pooled, parts[0], { period: "" }) })),
  ];
  const explained = tables.flatMap(({ parts, whole }) => (isExplained(whole, parts) ? parts : []));
  const believed = new Set(explained);
  return pairs.filter((pair) => isHiddenInOne(pair) && (believed.has(pair) || hasStood(pair)));
}

const isHiddenInOne = ({ group, old }: Pair): boolean => group.people === null || old.people === null;

const isLevel = ({ group }: Pair): boolean => group.dimension !== "total";

const isYear = ({ group }: Pair): boolean => !group.period.includes("-");

const TOTAL = { dimension: "total", level: "total" } as const;

/** The first pair that stands where a part's whole does. */
const firstAt = (
  pairs: ReadonlyMap<string, readonly Pair[]>,
  part: Pair | undefined,
  whole: Partial<Group>,
): Pair | undefined => (part === undefined ? undefined : pairs.get(sameBut(part.group, whole))?.[0]);

/** Shown by both, of somebody. */
const isTelling = ({ group, old }: Pair): boolean => (group.people ?? 0) > 0 && (old.people ?? 0) > 0;

/** Whether all that both editions show of a group's outcome is as it was; controls change with their participants. */
function standing(pairs: readonly Pair[]): (pair: Pair) => boolean {
  const shown = pairs.filter((pair) => isTelling(pair) || isChanged(pair));
  const ofPeriod = groupBy(shown, ({ group }) => outcomeOf(group));
  const ofAll = groupBy(shown, ({ group }) => outcomeOf({ ...group, period: "" }));
  return ({ group }) => {
    const arms = group.arm === "participants" ? [group.arm] : [group.arm, "participants"];
    const own = arms.flatMap((arm) => {
      const keys = [group.period, ""].map((period) => outcomeOf({ ...group, arm, period }));
      return ofPeriod.get(keys[0] ?? "") ?? ofAll.get(keys[1] ?? "") ?? [];
    });
    return own.length > 0 && !own.some(isChanged);
  };
}

const outcomeOf = (group: Group): string => sameBut(group, { dimension: "", level: "", edition: "" });

const isChanged = ({ group, old }: Pair): boolean =>
  !doMeet(group.all, old.all) || (group.placed !== null && old.placed !== null && !doMeet(group.placed, old.placed));

/** Whether what has changed of a whole has changed in the levels, or years, that both editions show. */
function isExplained(whole: Pair | undefined, parts: readonly Pair[]): boolean {
  const moved = parts.filter((pair) => !isHiddenInOne(pair)).map(changeOf);
  const sum = moved.reduce((total, change) => total + change, 0);
  return whole?.group.arm === "participants" && moved.some((change) => change !== 0) && sum === changeOf(whole);
}

const changeOf = ({ group, old }: Pair): number => (group.people ?? Number.NaN) - (old.people ?? Number.NaN);

function isWithin(short: string, long: string): boolean {
  const [from = 0, to = from] = short.split("-").map(Number);
  const [first = 0, last = first] = long.split("-").map(Number);
  return from < to && first <= from && last >= to;
}
