import { groupBy } from "../group-by.ts";
import type { PublishedEdition, PublishedRow } from "./published.ts";
import type { Recovered } from "./recover.ts";

/** One place of an outcome: its participants, and the weighted share of its controls. */
interface Share {
  readonly row: PublishedRow;
  /** Null while unknown. */
  people: number | null;
  rate: number | null;
}

interface Table {
  readonly rule: string;
  readonly whole: Share;
  readonly parts: readonly Share[];
}

/**
 * Hidden shares of controls that follow from shown ones: weighted by participants, levels make the total and years the
 * pooled period. Such a rule is believed where every table that is shown whole keeps it. Only what is marked as
 * confidential by itself is a find. A match that rests on fewer persons, by their weights, than may be told of is one too.
 */
export function weightedFinds({ name, rows, threshold, base }: PublishedEdition): readonly Recovered[] {
  const few = rows.filter(
    ({ metric, value }) =>
      metric === "effective_sample_size" && value !== null && value > 0 && value < threshold - 1e-9,
  );
  const effective = few.map((row): Recovered => {
    return { what: `effective number / ${placeOf(name, row)}`, least: row.value ?? 0, most: row.value ?? 0 };
  });
  if (base !== null) return effective;
  const tables = believed(tablesOf(sharesOf(rows)));
  const found = new Set<Share>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const table of tables) {
      const solved = solve(table);
      if (solved !== null) found.add(solved);
    }
  }
  const telling = [...found].filter(({ row }) => row.conf_status === "A");
  return [
    ...effective,
    ...telling.map(({ row, rate }): Recovered => {
      return { what: `weighted share / ${placeOf(name, row)}`, least: rate ?? 0, most: rate ?? 0 };
    }),
  ];
}

const placeOf = (edition: string, row: PublishedRow): string =>
  [edition, row.region, row.period, row.dimension, row.level, row.arm, row.definition, row.window].join(" / ");

function sharesOf(rows: readonly PublishedRow[]): readonly Share[] {
  const rates = rows.filter(({ metric }) => metric === "placement_rate");
  const participants = new Map(
    rates.flatMap((row) => (row.arm === "participants" ? [[placeOf("", { ...row, arm: "" }), row] as const] : [])),
  );
  return rates
    .filter(({ arm }) => arm === "controls")
    .map((row) => {
      const people = participants.get(placeOf("", { ...row, arm: "" }))?.n ?? null;
      return { row, people, rate: row.value };
    });
}

function tablesOf(shares: readonly Share[]): readonly Table[] {
  const at = new Map(shares.map((share) => [placeOf("", share.row), share]));
  const levels = groupBy(
    shares.filter(({ row }) => row.dimension !== "total"),
    ({ row }) => placeOf("", { ...row, level: "" }),
  );
  const byLevel = [...levels.values()].flatMap((parts): readonly Table[] => {
    const [first] = parts;
    const whole = first && at.get(placeOf("", { ...first.row, dimension: "total", level: "total" }));
    return first === undefined || whole === undefined
      ? []
      : [{ rule: `levels of ${first.row.dimension}`, whole, parts }];
  });
  const years = groupBy(shares, ({ row }) => placeOf("", { ...row, period: "" }));
  const byYear = [...years.values()].flatMap((own) =>
    own.flatMap((whole): readonly Table[] => {
      const [from = Number.NaN, to = Number.NaN] = whole.row.period.split("-").map(Number);
      const parts = own.filter(({ row: { period } }) => Number(period) >= from && Number(period) <= to);
      return parts.length === to - from + 1 ? [{ rule: "years", whole, parts }] : [];
    }),
  );
  return [...byLevel, ...byYear];
}

const NEAR = 1e-6;

function believed(tables: readonly Table[]): readonly Table[] {
  return [...groupBy(tables, ({ rule }) => rule).values()].flatMap((own) =>
    own.every(({ whole, parts }) => {
      const left = leftOf(whole, parts);
      return left.people === null || left.sum === null || (left.people === 0 && Math.abs(left.sum) <= NEAR);
    })
      ? own
      : [],
  );
}

/** What a whole has beyond its parts, of participants and of the weighted sum; null where one of them isn't known. */
function leftOf(whole: Share, parts: readonly Share[]) {
  let people = whole.people;
  let sum = times(whole);
  for (const part of parts) {
    const own = times(part);
    people = people === null || part.people === null ? null : people - part.people;
    sum = sum === null || own === null ? null : sum - own;
  }
  return { people, sum };
}

const times = ({ people, rate }: Share): number | null => (people === null || rate === null ? null : people * rate);

/** Fills in the only part of a table that isn't known; the part, or null where there isn't one. */
function solve({ whole, parts }: Table): Share | null {
  const [only, ...more] = parts.filter((part) => times(part) === null);
  if (only === undefined || more.length > 0) return null;
  const left = leftOf(
    whole,
    parts.filter((part) => part !== only),
  );
  if (left.people === null || left.sum === null || left.people <= 0) return null;
  const rate = left.sum / left.people;
  if (rate < -NEAR || rate > 1 + NEAR) return null;
  only.people = left.people;
  only.rate = rate;
  return only;
}
