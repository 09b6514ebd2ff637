import { groupBy } from "../group-by.ts";
import { type Item, isShown, keyOf, nameOf, shownOf } from "./items.ts";
import type { Line } from "./sheet.ts";

/** Of whom a questionnaire asks each, by its wave: the metric of those who reach it in the period. */
const ASKED: Readonly<Record<string, string>> = { end: "duos_ended" };

/**
 * Who was asked is who reached the questionnaire's wave: believed of a wave and period in which both are told of some place,
 * and equal wherever they are.
 */
export function askedLines(items: readonly Item[]): readonly Line[] {
  const placeOf = (item: Item): string => keyOf({ ...item, arm: "", definition: "" });
  const reached = new Map(
    items.filter(({ role }) => role === "counted").map((item) => [`${item.metric} ${placeOf(item)}`, item]),
  );
  const pairs = items.flatMap((asked) => {
    if (asked.metric !== "survey_response_rate" || asked.role !== "base") return [];
    const all = reached.get(`${ASKED[asked.definition] ?? ""} ${placeOf(asked)}`);
    return all === undefined ? [] : [{ asked, all }];
  });
  return [...groupBy(pairs, ({ asked }) => `${asked.definition} ${asked.period}`).values()].flatMap((own) => {
    const shown = own.filter(({ asked, all }) => isShown(asked) && isShown(all));
    const isBelieved = shown.length > 0 && shown.every(({ asked, all }) => shownOf(asked) === shownOf(all));
    // of two that are hidden it says little, and ties what is told of duos to all that is of questionnaires
    const told = own.filter(({ asked, all }) => isShown(asked) || isShown(all));
    return isBelieved ? told.map(({ asked, all }) => same(nameOf(asked), nameOf(all))) : [];
  });
}

const same = (one: string, other: string): Line => ({
  terms: [
    [one, 1],
    [other, -1],
  ],
  ...{ lower: 0, upper: 0, belief: "equal numbers" },
});
