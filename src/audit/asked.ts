import { groupBy } from "../group-by.ts";
import { type Item, isShown, keyOf, nameOf, shownOf } from "./items.ts";
import { equation, type Line } from "./sheet.ts";

/**
 * Who was asked at the end of a duo are the duos that ended: believed of a period in which both are told of some place, and
 * equal wherever they are.
 */
export function askedLines(items: readonly Item[]): readonly Line[] {
  const placeOf = (item: Item): string => keyOf({ ...item, arm: "", definition: "" });
  const ended = new Map(
    items
      .filter(({ metric, role }) => metric === "duos_ended" && role === "counted")
      .map((item) => [placeOf(item), item]),
  );
  const pairs = items.flatMap((asked) => {
    if (asked.metric !== "survey_response_rate" || asked.definition !== "end" || asked.role !== "base") return [];
    const all = ended.get(placeOf(asked));
    return all === undefined ? [] : [{ asked, all }];
  });
  return [...groupBy(pairs, ({ asked }) => asked.period).values()].flatMap((own) => {
    const shown = own.filter(({ asked, all }) => isShown(asked) && isShown(all));
    const isBelieved = shown.length > 0 && shown.every(({ asked, all }) => shownOf(asked) === shownOf(all));
    // of two that are hidden it says little, and ties what is told of duos to all that is of questionnaires
    const told = own.filter(({ asked, all }) => isShown(asked) || isShown(all));
    return isBelieved ? told.map(({ asked, all }) => equation(nameOf(all), [nameOf(asked)], "equal numbers")) : [];
  });
}
