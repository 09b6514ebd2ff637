import { groupBy } from "../group-by.ts";
import { type Item, isShown, keyOf, nameOf, shownOf } from "./items.ts";
import { type Line, noMore } from "./sheet.ts";

/** Who is some of whom, as anybody knows: by the metric of those who are some, and the metric and role of all of them. */
const AMONG: ReadonlyArray<readonly [some: RegExp, all: string]> = [
  [/^base \/ survey_(mean|top2|neutral|nps|answer|choice|theme_score|alpha)$/, "counted / survey_respondents"],
  [/^counted \/ survey_respondents$/, "numerator / survey_response_rate"],
  [/^base \/ survey_alpha$/, "base / survey_theme_score"],
];

/** Who answered an item is one of those who answered at all: some are no more than all, wherever both are told. */
export function amongOthers(items: readonly Item[]): readonly Line[] {
  const roleOf = ({ role, metric }: Item): string => `${role} / ${metric}`;
  const wholes = groupBy(items, (item) => `${roleOf(item)} / ${item.key}`);
  return AMONG.flatMap(([some, all]) => {
    const pairs = items
      .filter((item) => some.test(roleOf(item)))
      .flatMap((item) =>
        [{}, { dimension: "total", level: "total" }].flatMap((place) =>
          (wholes.get(`${all} / ${keyOf(item, place)}`) ?? []).map((whole) => ({ item, whole })),
        ),
      );
    const isKept = pairs.every(
      ({ item, whole }) => !isShown(item) || !isShown(whole) || shownOf(item) <= shownOf(whole),
    );
    return isKept ? pairs.map(({ item, whole }) => noMore(nameOf(item), nameOf(whole), "sums")) : [];
  });
}
