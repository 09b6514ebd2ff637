import { groupBy } from "../group-by.ts";
import { couldBe, type PublishedEdition, type PublishedRow, sharedBy } from "./published.ts";
import { type RegionsBetween, regionsBetween, type Told } from "./regions.ts";
import type { Belief, Line, Unknown } from "./sheet.ts";

/** What a published row says or hides of persons (or rows): what it counts, the base of a rate or mean, who counts in it, the others. */
type Role = "counted" | "base" | "numerator" | "others";

type Place = Pick<
  PublishedRow,
  "metric" | "region" | "period" | "dimension" | "level" | "arm" | "definition" | "window"
>;

interface Item extends Place {
  readonly edition: string;
  /** Edition and place, written once: thousands of items are looked up by it again and again. */
  readonly key: string;
  readonly role: Role;
  readonly least: number;
  readonly most: number;
  readonly isHidden: boolean;
  /** The number that is shown, where counts are rounded too; null where none is. */
  readonly told: number | null;
  /** Counts of the edition are multiples of this. */
  readonly base: number | null;
}

/** Parts that may add up to a whole, and the rule by which a reader would think so. */
interface Table {
  readonly rule: string;
  readonly whole: Item;
  readonly parts: readonly Item[];
}

/** Dimensions that `suspicionsOf` rebuilds itself, and those that count nobody. */
const NO_COUNTS = new Set(["attrition", "follow_up_month", "verdict", "specification", "specification_summary"]);
const NETWORK = "network";
const UNCHANGED = "earlier edition";
/** Places at which two numbers must be seen to be equal before a reader takes them for one. */
const SEEN_EQUAL = 3;

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
  const { lines, isStanding } = regionsBetween(now, before, toldOf);
  const tables = [
    ...told.flatMap((own) => [
      ...regions(own),
      ...levels(own),
      ...shares(own),
      ...years(own),
      ...steps(own),
      ...twins(own),
    ]),
    ...between(now, before, isStanding),
  ];
  const onPurpose = new Set(editions.flatMap(toldOfEverybody));
  const isFind = (item: Item): boolean =>
    item.base === null && item.isHidden && isHalf(item) && !onPurpose.has(keyOf(item, { region: NETWORK }));
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
  const changes = changesOf(now, before);
  return {
    unknowns: [...unknowns, ...changes.map(({ gap }) => gap)],
    lines: [
      ...rates,
      ...lines,
      ...believed.map(({ rule, whole, parts }) =>
        equation(
          nameOf(whole),
          parts.map((part) => nameOf(part)),
          beliefOf(rule),
        ),
      ),
      ...changes.map(({ larger, smaller, gap }) => equation(larger, [smaller, gap.name], "some came or left")),
    ],
  };
}

const isCounting = ({ metric, arm, dimension, unit }: PublishedRow): boolean =>
  metric !== "placement_rate" && arm !== "both" && !NO_COUNTS.has(dimension) && unit !== "sd" && unit !== "probability";

function itemsOf({ name: edition, base }: PublishedEdition, row: PublishedRow): readonly Item[] {
  const { metric, region, period, dimension, level, arm, definition, window, value, n } = row;
  const isHidden = row.conf_status !== "F";
  const key = keyOf({ ...row, edition });
  const place = { metric, region, period, dimension, level, arm, definition, window, edition, key, isHidden, base };
  const item = (role: Role, told: number | null, ends = told === null ? null : couldBe(told, base)): Item => {
    // where counts are rounded, a rate of too few is left out whether anybody is behind it or not
    const isMaybeNobody = role === "others" || role === "numerator" || base !== null;
    const [least, most] = ends ?? [isMaybeNobody ? 0 : 1, Number.POSITIVE_INFINITY];
    return { ...place, role, told, least, most };
  };
  if (row.unit === "persons" || row.unit === "rows") {
    const counted = item("counted", value);
    return n === null || n === value ? [counted] : [counted, item("base", n)];
  }
  if (n === null && !isHidden) return [];
  if (row.unit !== "proportion") return [item("base", n)];
  // controls are weighted, and a difference of two shares is none: neither is so many of a number of persons
  const isNoShare = arm === "controls" || isDifference(metric);
  const shared = base !== null && isNoShare ? null : sharedBy(row, base);
  const half = n === 0 ? 0 : null;
  if (shared === null) return [item("base", n), item("numerator", half), item("others", half)];
  const { all, some } = shared;
  const near = n === null || value === null ? null : Math.round(n * value);
  return [item("base", n, all), item("numerator", some[0] <= some[1] ? near : null, some), item("others", null)];
}

const isDifference = (metric: string): boolean => /_(difference|change)$/.test(metric);

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

const nameOf = ({ role, metric, key }: Item, as = role): string => `${as} / ${metric} / ${key}`;

type Keyed = Omit<Place, "metric"> & Pick<Item, "edition">;

const keyOf = (item: Keyed, change: Partial<Keyed> = {}): string =>
  [
    change.edition ?? item.edition,
    change.region ?? item.region,
    change.period ?? item.period,
    change.dimension ?? item.dimension,
    change.level ?? item.level,
    item.arm,
    item.definition,
    item.window,
  ].join(" / ");

/** The name of the same number, whatever edition tells it. */
const unnamed = (item: Item, as = item.role): string => `${as} / ${item.metric} / ${keyOf(item, { edition: "" })}`;

const ruleOf = (kind: string, { metric, role, arm, dimension }: Item): string =>
  [kind, metric, role, arm, dimension].join(" / ");

const equation = (whole: string, parts: readonly string[], belief?: Belief): Line => ({
  terms: [...parts.map((part) => [part, 1] as const), [whole, -1]],
  ...{ lower: 0, upper: 0 },
  ...(belief === undefined ? {} : { belief }),
});

const beliefOf = (rule: string): Belief =>
  rule.startsWith(UNCHANGED) ? "unchanged" : rule.startsWith("equal") ? "equal numbers" : "sums";

const isShown = ({ least, most, told, base }: Item): boolean => (base === null ? least === most : told !== null);

/** What is shown of an item that is. */
const shownOf = ({ most, told, base }: Item): number => (base === null ? most : (told ?? most));

/** The tables of every rule that those shown whole keep, without exception and at least once. */
function tablesBelieved(tables: readonly Table[]): readonly Table[] {
  return [...groupBy(tables, ({ rule }) => rule).values()].flatMap((own) => {
    const seen = own.filter(({ whole, parts }) => isShown(whole) && parts.every(isShown) && shownOf(whole) > 0);
    const isKept = seen.every(
      ({ whole, parts }) => parts.reduce((sum, part) => sum + shownOf(part), 0) === shownOf(whole),
    );
    // a small region is never shown whole with the others, and is one of them all the same
    if (seen.length === 0 && own[0]?.rule.startsWith("regions") === true) return own.every(doesFit) ? own : [];
    const isTwin = own[0]?.rule.startsWith("equal") === true;
    const isGuess = isTwin || own[0]?.rule.startsWith("shares") === true;
    const base = own[0]?.whole.base ?? null;
    // multiples of small counts agree by chance
    const telling = base === null || !isGuess ? seen : seen.filter(({ whole }) => shownOf(whole) >= 3 * base);
    return isKept && telling.length >= (isTwin || (isGuess && base !== null) ? SEEN_EQUAL : 1) ? own : [];
  });
}

/** Whether parts can add up to the whole: what is shown of them is no more, and it isn't the smaller side of a difference. */
const doesFit = ({ whole, parts }: Table): boolean =>
  !isDifference(whole.metric) &&
  (!isShown(whole) || parts.filter(isShown).reduce((sum, part) => sum + shownOf(part), 0) <= shownOf(whole));

function regions(items: readonly Item[]): readonly Table[] {
  const tables = groupBy(items, (item) => `${item.metric} ${item.role} ${keyOf(item, { region: "" })}`);
  return [...tables.values()].flatMap((table) => {
    const whole = table.find(({ region }) => region === NETWORK);
    const parts = table.filter(({ region }) => region !== NETWORK);
    return whole === undefined || parts.length === 0 ? [] : [{ rule: ruleOf("regions", whole), whole, parts }];
  });
}

function levels(items: readonly Item[]): readonly Table[] {
  const totals = new Map(items.map((item) => [nameOf(item), item]));
  const tables = groupBy(
    items.filter(({ dimension }) => dimension !== "total"),
    (item) => `${item.metric} ${item.role} ${keyOf(item, { level: "" })}`,
  );
  return [...tables.values()].flatMap((parts) => {
    const [first] = parts;
    const whole = first && totals.get(nameOf({ ...first, key: keyOf(first, { dimension: "total", level: "total" }) }));
    return first === undefined || whole === undefined ? [] : [{ rule: ruleOf("levels", first), whole, parts }];
  });
}

/** Shares of one base: those who count at each level are all of it. */
function shares(items: readonly Item[]): readonly Table[] {
  const byName = new Map(items.map((item) => [nameOf(item), item]));
  const tables = groupBy(
    items.filter(({ role, dimension }) => role === "numerator" && dimension !== "total"),
    (item) => `${item.metric} ${keyOf(item, { level: "" })}`,
  );
  return [...tables.values()].flatMap((parts) =>
    parts.flatMap((part) => {
      const whole = byName.get(nameOf(part, "base"));
      return whole === undefined || parts.length < 2 ? [] : [{ rule: ruleOf("shares", part), whole, parts }];
    }),
  );
}

function years(items: readonly Item[]): readonly Table[] {
  const tables = groupBy(items, (item) => `${item.metric} ${item.role} ${keyOf(item, { period: "" })}`);
  return [...tables.values()].flatMap((table) =>
    table.flatMap((whole) => {
      const [from, to] = whole.period.split("-").map(Number);
      if (from === undefined || to === undefined) return [];
      const parts = table.filter(
        ({ period }) => /^\d{4}$/.test(period) && Number(period) >= from && Number(period) <= to,
      );
      return parts.length !== to - from + 1 ? [] : [{ rule: ruleOf("years", whole), whole, parts }];
    }),
  );
}

/** Who could go on to a step reached the one before it. */
function steps(items: readonly Item[]): readonly Table[] {
  const funnels = groupBy(
    items.filter(({ dimension }) => dimension === "step"),
    (item) => keyOf(item, { level: "" }),
  );
  return [...funnels.values()].flatMap((funnel) => {
    const order = [...new Set(funnel.map(({ level }) => Number(level)))].toSorted((a, b) => a - b);
    return funnel.flatMap((whole): readonly Table[] => {
      const before = order[order.indexOf(Number(whole.level)) - 1];
      if (whole.role !== "base" || before === undefined) return [];
      const part = funnel.find(({ role, level }) => role === "counted" && Number(level) === before);
      return part === undefined ? [] : [{ rule: ruleOf("step before", whole), whole, parts: [part] }];
    });
  });
}

/** Two numbers of one place. */
function twins(items: readonly Item[]): readonly Table[] {
  const places = groupBy(items, ({ key }) => key);
  return [...places.values()].flatMap((place) =>
    place.flatMap((whole, i) =>
      place
        .slice(0, i)
        .map((part) => ({ rule: `equal ${part.metric} ${part.role} and ${ruleOf("", whole)}`, whole, parts: [part] })),
    ),
  );
}

/** A number that two editions show, larger in one of them, with what lies between. */
interface Change {
  readonly larger: string;
  readonly smaller: string;
  readonly gap: Unknown;
}

/** Who came or left between two editions; of a rate also who of them counts, unless some came and others left. */
function changesOf(now: readonly Item[], before: readonly Item[]): readonly Change[] {
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

/** What an item tells of its region, exactly. */
const toldOf = (item: Item): readonly Told[] =>
  item.base !== null || item.role === "others"
    ? []
    : [
        {
          ...{ name: nameOf(item), region: item.region, value: isShown(item) ? item.most : null, least: item.least },
          place: `${item.role} / ${item.metric} / ${keyOf(item, { region: "", edition: "" })}`,
        },
      ];

/** The same number in two editions. */
function between(
  now: readonly Item[],
  before: readonly Item[],
  isStanding: RegionsBetween["isStanding"],
): readonly Table[] {
  if (before.length === 0) return [];
  const old = new Map(before.map((item) => [unnamed(item), item]));
  return now.flatMap((whole) => {
    const part = old.get(unnamed(whole));
    const isSame = part !== undefined && (isStanding(whole.region) || (isShown(whole) && isShown(part)));
    return isSame ? [{ rule: ruleOf(UNCHANGED, whole), whole, parts: [part] }] : [];
  });
}
