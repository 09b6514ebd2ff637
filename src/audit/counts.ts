import { amongOthers } from "./among.ts";
import { askedLines } from "./asked.ts";
import { between, changesOf, toldOf } from "./changes.ts";
import { followedOf } from "./followed.ts";
import { type Item, itemsOf, keyOf, nameOf } from "./items.ts";
import { overlapsOf } from "./overlaps.ts";
import type { PublishedEdition, PublishedRow } from "./published.ts";
import { recordLines } from "./records.ts";
import { NETWORK, regionsAndLevels } from "./regions-and-levels.ts";
import { equation, type Line, type Unknown } from "./sheet.ts";
import { stockLines } from "./stocks.ts";
import { beliefOf, tablesBelieved, tablesOf } from "./tables.ts";

/** Dimensions that `suspicionsOf` rebuilds itself, and those that count nobody. */
const NO_COUNTS = new Set(["attrition", "follow_up_month", "verdict", "specification", "specification_summary"]);

/**
 * What a reader makes of every count, rate and mean beside the placement rates: regions that add up to the network,
 * levels to the total, years to the pooled period, shares to all, a step's base to the step before, numbers that are
 * always equal, and what hasn't changed since the earlier edition. Nobody tells the reader which of these hold: a rule
 * is believed where every table that is shown whole keeps it.
 */
export function countsOf(editions: readonly PublishedEdition[]): {
  readonly unknowns: readonly Unknown[];
  readonly lines: readonly Line[];
} {
  const told = editions.map((edition) => edition.rows.filter(isCounting).flatMap((row) => itemsOf(edition, row)));
  const items = told.flat();
  const [now = [], before = []] = told;
  const { lines, isStanding } = regionsAndLevels(now.flatMap(toldOf), before.flatMap(toldOf));
  const tables = [...told.flatMap(tablesOf), ...between(now, before, isStanding)];
  const onPurpose = new Set(editions.flatMap(toldOfEverybody));
  const askedOf = (item: Item): string => keyOf(item, { dimension: "", level: "" });
  const answered = new Set(items.filter(isAnswered).map(askedOf));
  // where nobody answered, no item has a row
  const isUnanswered = (item: Item): boolean => item.metric === RESPONSE && !answered.has(askedOf(item));
  const isFind = (item: Item): boolean =>
    item.base === null &&
    item.isHidden &&
    isHalf(item) &&
    !isUnanswered(item) &&
    !onPurpose.has(keyOf(item, { region: NETWORK }));
  const unknowns = items.map((item) => ({
    ...{ name: nameOf(item), least: item.least, most: item.most },
    isTarget: item.isHidden || item.base !== null,
    ...(item.base === null ? {} : { isRounded: true }),
    ...(isFind(item) ? { isNobodyAFind: true } : {}),
  }));
  const rates = items.flatMap((item): readonly Line[] => {
    if (item.role !== "numerator") return [];
    return [equation(nameOf(item, "base"), [nameOf(item), nameOf(item, "others")])];
  });
  const believed = tablesBelieved(tables);
  const among = told.flatMap((own) => [...amongOthers(own), ...askedLines(own)]);
  const changes = changesOf(now, before);
  const followed = editions.map((edition, i) => followedOf(edition, told[i] ?? []));
  const overlaps = editions.flatMap((edition, i) => overlapsOf(edition, told[i] ?? []));
  return {
    unknowns: [
      ...unknowns,
      ...changes.map(({ gap }) => gap),
      ...overlaps.map(({ unknown }) => unknown),
      ...followed.flatMap((own) => own.unknowns),
    ],
    lines: [
      ...rates,
      ...overlaps.map(({ line }) => line),
      ...followed.flatMap((own) => own.lines),
      ...lines,
      ...believed.map(({ rule, whole, parts }) =>
        equation(
          nameOf(whole),
          parts.map((part) => nameOf(part)),
          beliefOf(rule),
        ),
      ),
      ...among,
      ...recordLines(items),
      ...stockLines(told),
      ...changes.map(({ larger, smaller, gap }) => equation(larger, [smaller, gap.name], "some came or left")),
    ],
  };
}

const isCounting = ({ metric, arm, dimension, unit }: PublishedRow): boolean =>
  metric !== "placement_rate" && arm !== "both" && !NO_COUNTS.has(dimension) && unit !== "sd" && unit !== "probability";

const RESPONSE = "survey_response_rate";

const isAnswered = ({ metric, dimension }: Item): boolean =>
  metric.startsWith("survey_") && (dimension === "item" || dimension === "theme");

/** Half of a rate: if it must be nobody, all of the group share one answer. */
const isHalf = ({ role }: Item): boolean => role === "numerator" || role === "others";

/**
 * Where the network's share is told to be all or nobody, as of steps that everybody passed, it is told on purpose that
 * every region's is too.
 */
const toldOfEverybody = ({ name: edition, rows }: PublishedEdition): readonly string[] =>
  rows
    .filter((row) => row.region === NETWORK && row.conf_status === "F" && row.unit === "proportion")
    .filter(({ value }) => value === 0 || value === 1)
    .map((row) => keyOf({ ...row, edition }));
