import { type Item, keyOf, nameOf } from "./items.ts";
import type { PublishedEdition } from "./published.ts";
import type { Line, Unknown } from "./sheet.ts";

/** Persons who are in both arms, where a number of both together falls short of the two. */
interface Overlap {
  readonly unknown: Unknown;
  readonly line: Line;
}

/**
 * Both arms' persons less the number that is told of both together: those who stand in both. Where the number is their
 * sum nobody can tell; where counts are rounded it says no more than they do.
 */
export function overlapsOf(
  { name: edition, rows, base }: PublishedEdition,
  items: readonly Item[],
): readonly Overlap[] {
  if (base !== null) return [];
  const sizes = new Map(
    items.flatMap((item) => (item.role === "base" && item.told !== null ? [[item.key, item] as const] : [])),
  );
  return rows.flatMap((row): readonly Overlap[] => {
    const { metric, n, arm } = row;
    if (arm !== "both" || n === null) return [];
    const arms = ["participants", "controls"].map((one) => sizes.get(keyOf({ ...row, edition }, { arm: one })));
    const [participants, controls] = arms;
    if (participants === undefined || controls === undefined) return [];
    const sum = Number(participants.told) + Number(controls.told);
    if (n >= sum) return [];
    const what = `in both arms / ${metric} / ${keyOf({ ...row, edition })}`;
    return [
      {
        unknown: { name: what, least: 0, most: Number.POSITIVE_INFINITY, isTarget: true },
        line: {
          terms: [[nameOf(participants), 1] as const, [nameOf(controls), 1] as const, [what, -1] as const],
          ...{ lower: n, upper: n },
        },
      },
    ];
  });
}
