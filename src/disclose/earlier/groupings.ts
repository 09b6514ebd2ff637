import { type Block, type Figures, regroupingOf } from "./regrouping.ts";

/** What a reader takes the regions, or the levels of a dimension, of an earlier edition to be in this one. */
export interface Grouping {
  /** What tells it from other groupings of the same. */
  readonly name: string;
  readonly blocks: readonly Block[];
}

/** Some are only gone, or only new. */
const ONE_BY_ONE = ", one by one";

/**
 * How groups of an earlier edition can be read where this one doesn't tell of the same: none where it does.
 * @param whole name of what all of them are part of
 */
export function groupingsOf(
  earlier: ReadonlyMap<string, Figures>,
  current: ReadonlyMap<string, Figures>,
  whole: string,
): readonly Grouping[] {
  const groups = [...earlier.keys()].filter((group) => group !== whole);
  const lost = groups.filter((group) => !current.has(group));
  const gained = [...current.keys()].filter((group) => group !== whole && !earlier.has(group));
  if (lost.length === 0 && gained.length === 0) return [];
  const changed = groups
    .filter((group) => current.has(group))
    .map((group) => ({ group, by: changeOf(earlier.get(group), current.get(group)) }))
    .filter(({ by }) => by > 0)
    .toSorted((a, b) => b.by - a.by || (a.group < b.group ? -1 : 1))
    .map(({ group }) => group);
  const among = (all: ReadonlyMap<string, Figures>, some: readonly string[]) =>
    new Map([...some, ...changed].flatMap((group) => [[group, all.get(group) ?? new Map()]]));
  const regrouped = regroupingOf(among(earlier, lost), among(current, gained));
  const found = [{ name: "", blocks: regrouped }];
  const [more, less, others] = gained.length === 0 ? [earlier, current, lost] : [current, earlier, gained];
  const isOneSided = lost.length === 0 || gained.length === 0;
  if (isOneSided && regrouped.length > 0 && canLack(others, more, less, whole))
    found.push({ name: ONE_BY_ONE, blocks: [] });
  return found.map(({ name, blocks }) => {
    const known = new Set(blocks.flatMap((block) => block.before));
    const alone = [...earlier.keys()].filter((group) => !known.has(group));
    return {
      name,
      blocks: [...blocks, ...alone.map((group) => ({ before: [group], now: current.has(group) ? [group] : [] }))],
    };
  });
}

/** Whether the whole is told of, and tells of no fewer persons less in the one edition than these groups have in the other. */
function canLack(
  groups: readonly string[],
  more: ReadonlyMap<string, Figures>,
  less: ReadonlyMap<string, Figures>,
  whole: string,
): boolean {
  const [all, rest] = [more.get(whole), less.get(whole)];
  if (all === undefined || rest === undefined) return false;
  return [...all].every(([key, value]) => {
    const left = rest.get(key) ?? null;
    const told = groups.reduce((sum, group) => sum + (more.get(group)?.get(key) ?? 0), 0);
    return value === null || left === null || value - left >= told;
  });
}

/** By how much the shown figures of a group have changed: that nobody in it was shown is the most. */
function changeOf(before: Figures = new Map(), now: Figures = new Map()): number {
  const shown = [...before].flatMap(([key, value]) =>
    value === null || value === 0 ? [] : [Math.abs(value - (now.get(key) ?? value))],
  );
  return shown.length === 0 ? Number.POSITIVE_INFINITY : shown.reduce((sum, change) => sum + change, 0);
}
