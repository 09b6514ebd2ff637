import { groupBy } from "../group-by.ts";
import { type Item, isDifference, isShown, keyOf, nameOf, shownOf } from "./items.ts";
import { NETWORK } from "./regions-and-levels.ts";
import type { Belief } from "./sheet.ts";

/** Parts that may add up to a whole, and the rule by which a reader would think so. */
export interface Table {
  readonly rule: string;
  readonly whole: Item;
  readonly parts: readonly Item[];
}

/** Kind of the rule that a number is what it was in the earlier edition. */
export const UNCHANGED = "earlier edition";
/** Places at which two numbers must be seen to be equal before a reader takes them for one, by the rule's first words. */
const SEEN_EQUAL = { equal: 3, "equal across arms": 6 };

/** Every table that a reader may see in the items of one edition. */
export function tablesOf(items: readonly Item[]): readonly Table[] {
  return [
    ...regions(items),
    ...levels(items),
    ...shares(items),
    ...years(items),
    ...wholes(items),
    ...steps(items),
    ...twins(items),
  ];
}

/** The name under which one kind of equation is believed, and withdrawn, as a whole. */
export const ruleOf = (kind: string, { metric, role, arm, dimension }: Item): string =>
  [kind, metric, role, arm, dimension].join(" / ");

/** What a reader believes who takes the equations of that name for true. */
export const beliefOf = (rule: string): Belief =>
  rule.startsWith(UNCHANGED) ? "unchanged" : rule.startsWith("equal") ? "equal numbers" : "sums";

/** The tables of every rule that those shown whole keep, without exception and at least once. */
export function tablesBelieved(tables: readonly Table[]): readonly Table[] {
  return [...groupBy(tables, ({ rule }) => rule).values()].flatMap((own) => {
    const shown = own.filter(({ whole, parts }) => isShown(whole) && parts.every(isShown));
    const seen = shown.filter(({ whole }) => shownOf(whole) > 0);
    const isKept = shown.every(
      ({ whole, parts }) => parts.reduce((sum, part) => sum + shownOf(part), 0) === shownOf(whole),
    );
    // a small region is never shown whole with the others, and is one of them all the same
    if (seen.length === 0 && own[0]?.rule.startsWith("regions") === true) return own.every(doesFit) ? own : [];
    const isTwin = own[0]?.rule.startsWith("equal") === true;
    const isGuess = isTwin || own[0]?.rule.startsWith("shares") === true;
    const base = own[0]?.whole.base ?? null;
    // multiples of small counts agree by chance, and the network's with those of its one region for certain
    const telling = base === null || !isGuess ? seen : apart(seen.filter(({ whole }) => shownOf(whole) >= 3 * base));
    const isAcross = own[0]?.rule.startsWith("equal across arms") === true;
    const least = isAcross ? SEEN_EQUAL["equal across arms"] : SEEN_EQUAL.equal;
    return isKept && telling.length >= (isTwin || (isGuess && base !== null) ? least : 1) ? own : [];
  });
}

/** One table of each number and place, whatever the region. */
const apart = (tables: readonly Table[]): readonly Table[] => [
  ...new Map(tables.map((table) => [`${keyOf(table.whole, { region: "" })} ${shownOf(table.whole)}`, table])).values(),
];

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

/** Participants by status, education and age on entry, and by status on leaving, as the annex of the ESF+ divides them. */
const WHOLES: ReadonlyArray<readonly [whole: string, ...parts: string[]]> = [
  ["eeco01", "eeco02", "eeco04", "eeco05"],
  ["eeco01", "eeco09", "eeco10", "eeco11"],
  ["eeco01", "eeco06", "eeco07", "esf_aged_30_54", "eeco08"],
  ["esf_left", "eecr01", "eecr02", "eecr04", "esf_left_otherwise"],
];

function wholes(items: readonly Item[]): readonly Table[] {
  const counted = groupBy(
    items.filter(({ role, metric }) => role === "counted" && /^(ee|esf_)/.test(metric)),
    ({ key }) => key,
  );
  return [...counted.values()].flatMap((place) =>
    WHOLES.flatMap(([all, ...some]): readonly Table[] => {
      const whole = place.find(({ metric }) => metric === all);
      const parts = some.flatMap((metric) => place.find((item) => item.metric === metric) ?? []);
      const isTold = whole !== undefined && parts.length === some.length;
      return isTold ? [{ rule: `parts ${some.join(" ")} / ${ruleOf("", whole)}`, whole, parts }] : [];
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

/** Two numbers of one place, of one arm or of two. */
function twins(items: readonly Item[]): readonly Table[] {
  const places = groupBy(items, (item) => keyOf(item, { arm: "" }));
  return [...places.values()].flatMap((place) =>
    place.flatMap((whole, i) =>
      place.slice(0, i).map((part) => {
        const equal = part.arm === whole.arm ? "equal" : `equal across arms ${part.arm}`;
        return { rule: `${equal} ${part.metric} ${part.role} and ${ruleOf("", whole)}`, whole, parts: [part] };
      }),
    ),
  );
}
