import { type Item, isShown, keyOf, nameOf, type Role, unnamed } from "./items.ts";
import type { Between, Placed } from "./regions-and-levels.ts";
import type { Unknown } from "./sheet.ts";
import { ruleOf, type Table, UNCHANGED } from "./tables.ts";

/** A number that two editions show, larger in one of them, with what lies between. */
interface Change {
  readonly larger: string;
  readonly smaller: string;
  readonly gap: Unknown;
}

/** Who came or left between two editions; of a rate also who of them counts, unless some came and others left. */
export function changesOf(now: readonly Item[], before: readonly Item[]): readonly Change[] {
  if (before.length === 0) return [];
  const old = new Map(before.map((item) => [unnamed(item), item]));
  const own = new Map(now.map((item) => [unnamed(item), item]));
  return now.flatMap((item) => {
    const other = old.get(unnamed(item));
    if (item.role === "numerator" || item.role === "others" || other === undefined) return [];
    if (![item, other].every(isExactCount) || item.told === other.told) return [];
    const isGrown = Number(item.told) > Number(other.told);
    const some = [item, other].map((one, i) => (i === 0 ? own : old).get(unnamed(one, "numerator")));
    const rest = [item, other].map((one, i) => Number(one.told) - Number(some[i]?.told));
    const isOrdered = ([a = Number.NaN, b = Number.NaN]: readonly number[]): boolean => (isGrown ? a >= b : a <= b);
    const isRate = some.every((one) => one !== undefined && isExactCount(one));
    const doHalvesFollow = isRate && isOrdered(some.map((one) => Number(one?.told))) && isOrdered(rest);
    const roles: readonly Role[] = doHalvesFollow ? [item.role, "numerator", "others"] : [item.role];
    return roles.map((role): Change => {
      const [larger, smaller] = isGrown ? [item, other] : [other, item];
      const names = [larger, smaller].map((one) => nameOf(one, role));
      const gap = { name: `${names[0]}, without ${smaller.edition}`, least: 0, most: Number.POSITIVE_INFINITY };
      const isNobodyAFind = role !== item.role;
      return { larger: names[0] ?? "", smaller: names[1] ?? "", gap: { ...gap, isTarget: true, isNobodyAFind } };
    });
  });
}

/** An effective number is none of persons, whole or not. */
const isExactCount = (item: Item): boolean =>
  item.base === null && isShown(item) && Number.isInteger(item.told) && !item.metric.startsWith("effective_");

/** What an item tells, exactly. */
export const toldOf = (item: Item): readonly Placed[] =>
  item.base !== null || item.role === "others"
    ? []
    : [
        {
          ...{ name: nameOf(item), value: isShown(item) ? item.most : null, least: item.least },
          ...{ region: item.region, dimension: item.dimension, level: item.level },
          series: `${item.role} / ${item.metric} / ${keyOf(item, { region: "", dimension: "", level: "", edition: "" })}`,
        },
      ];

/** The same number in two editions. */
export function between(
  now: readonly Item[],
  before: readonly Item[],
  isStanding: Between["isStanding"],
): readonly Table[] {
  if (before.length === 0) return [];
  const old = new Map(before.map((item) => [unnamed(item), item]));
  return now.flatMap((whole) => {
    const part = old.get(unnamed(whole));
    const isSame = part !== undefined && (isStanding(whole) || (isShown(whole) && isShown(part)));
    return isSame ? [{ rule: ruleOf(UNCHANGED, whole), whole, parts: [part] }] : [];
  });
}
