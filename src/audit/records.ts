import { groupBy } from "../group-by.ts";
import { type Item, isShown, keyOf, nameOf, shownOf } from "./items.ts";
import { type Line, noMore } from "./sheet.ts";

/** Which indicators of the ESF+ are of persons whom a profile counts by their status on entry, out of the same records. */
const STATUS: Readonly<Record<string, string>> = {
  eeco04: "inactive",
  eeco05: "employed",
};

/**
 * The ESF+ counts complete records only, a profile all of them: no more persons of a status, wherever both are told, in one
 * edition or in two; believed of a status unless numbers that are shown say otherwise.
 */
export function recordLines(items: readonly Item[]): readonly Line[] {
  const placeOf = (item: Item, level: string): string =>
    keyOf(item, { edition: "", arm: "", dimension: "status_on_entry", level });
  const profiles = groupBy(
    items.filter(({ metric, arm, role }) => metric === "persons_in_duos" && arm === "mentees" && role === "counted"),
    (item) => keyOf(item, { edition: "", arm: "" }),
  );
  return Object.entries(STATUS).flatMap(([code, status]) => {
    const pairs = items
      .filter(({ metric, role, dimension }) => metric === code && dimension === "total" && role === "counted")
      .flatMap((some) => (profiles.get(placeOf(some, status)) ?? []).map((all) => ({ some, all })));
    const isKept = pairs.every(({ some, all }) => !isShown(some) || !isShown(all) || shownOf(some) <= shownOf(all));
    return isKept ? pairs.map(({ some, all }) => noMore(nameOf(some), nameOf(all), "sums")) : [];
  });
}
