import { groupBy } from "../group-by.ts";
import { keyOf } from "./items.ts";
import type { PublishedEdition, PublishedRow } from "./published.ts";
import type { Recovered } from "./recover.ts";

/** One place of an outcome: its participants, and the weighted share of its controls. */
interface Share {
  readonly row: PublishedRow;
  /** Null while unknown. */
  people: number | null;
  rate: number | null;
}

const NEAR = 1e-6;
const isNear = (left: number): boolean => Math.abs(left) <= NEAR;

interface Table {
  readonly rule: string;
  readonly whole: Share;
  readonly parts: readonly Share[];
}

/**
 * Hidden shares of controls that follow from shown ones: weighted by participants, levels make the total and years the
 * pooled period. Such a rule is believed where every table that is shown whole keeps it. Only what is marked as
 * confidential by itself is a find. A match that rests on fewer persons, by their weights, than may be told of is one too.
 * What another edition showed, and its pooled periods, are known as well where nothing that both show differs.
 */
export function weightedFinds(editions: readonly PublishedEdition[]): readonly Recovered[] {
  const alone = editions.flatMap((edition) => [...effectiveFinds(edition), ...shareFinds(edition, edition.rows)]);
  const [first, ...others] = editions;
  if (first === undefined) return alone;
  const known = new Set(alone.map(({ what }) => what));
  const together = others.flatMap((other) => {
    if (first.base !== null || other.base !== null) return [];
    return shareFinds(first, withRowsOf(first.rows, other.rows)).filter(({ what }) => !known.has(what));
  });
  return [...alone, ...together];
}

function effectiveFinds({ name, rows, threshold }: PublishedEdition): readonly Recovered[] {
  return rows
    .filter(
      ({ metric, value }) =>
        metric === "effective_sample_size" && value !== null && value > 0 && value < threshold - 1e-9,
    )
    .map((row): Recovered => {
      return {
        what: `effective number / ${keyOf({ ...row, edition: name })}`,
        least: row.value ?? 0,
        most: row.value ?? 0,
      };
    });
}

function shareFinds({ name, base }: PublishedEdition, rows: readonly PublishedRow[]): readonly Recovered[] {
  if (base !== null) return [];
  const tables = believed(tablesOf(sharesOf(rows)));
  const found = new Set<Share>();
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const table of tables) {
      const solved = solve(table);
      if (solved !== null) found.add(solved);
    }
  }
  return [...found]
    .filter(({ row }) => row.conf_status === "A")
    .map(({ row, rate }): Recovered => {
      return { what: `weighted share / ${keyOf({ ...row, edition: name })}`, least: rate ?? 0, most: rate ?? 0 };
    });
}

/** Rates of one edition, with those that another showed of places that this one hides or doesn't tell of. */
function withRowsOf(rows: readonly PublishedRow[], others: readonly PublishedRow[]): readonly PublishedRow[] {
  const seriesOf = ({ region, definition, window }: PublishedRow): string => [region, definition, window].join(" / ");
  const isRate = ({ metric }: PublishedRow): boolean => metric === "placement_rate";
  const told = new Map(others.filter((row) => isRate(row) && row.value !== null).map((row) => [placeOf(row), row]));
  const own = rows.filter(isRate);
  const changed = new Set(
    own.flatMap((row) => {
      const before = told.get(placeOf(row));
      const isSame = before === undefined || row.value === null || isNear(row.value - (before.value ?? 0));
      return isSame ? [] : [seriesOf(row)];
    }),
  );
  const known = (row: PublishedRow): PublishedRow | undefined =>
    changed.has(seriesOf(row)) ? undefined : told.get(placeOf(row));
  const places = new Set(own.map((row) => placeOf(row)));
  return [
    ...own.map((row) => (row.value === null ? (known(row) ?? row) : row)),
    ...[...told.values()].filter((row) => !places.has(placeOf(row)) && known(row) !== undefined),
  ];
}

/** The place of a rate, whatever edition tells it. */
const placeOf = (row: PublishedRow, change: Parameters<typeof keyOf>[1] = {}): string =>
  keyOf({ ...row, edition: "" }, change);

function sharesOf(rows: readonly PublishedRow[]): readonly Share[] {
  const rates = rows.filter(({ metric }) => metric === "placement_rate");
  const participants = new Map(
    rates.flatMap((row) => (row.arm === "participants" ? [[placeOf(row, { arm: "" }), row] as const] : [])),
  );
  return rates
    .filter(({ arm }) => arm === "controls")
    .map((row) => {
      const people = participants.get(placeOf(row, { arm: "" }))?.n ?? null;
      return { row, people, rate: row.value };
    });
}

function tablesOf(shares: readonly Share[]): readonly Table[] {
  const at = new Map(shares.map((share) => [placeOf(share.row), share]));
  const levels = groupBy(
    shares.filter(({ row }) => row.dimension !== "total"),
    ({ row }) => placeOf(row, { level: "" }),
  );
  const byLevel = [...levels.values()].flatMap((parts): readonly Table[] => {
    const [first] = parts;
    const whole = first && at.get(placeOf(first.row, { dimension: "total", level: "total" }));
    return first === undefined || whole === undefined
      ? []
      : [{ rule: `levels of ${first.row.dimension}`, whole, parts }];
  });
  const years = groupBy(shares, ({ row }) => placeOf(row, { period: "" }));
  const byYear = [...years.values()].flatMap((own) =>
    own.flatMap((whole): readonly Table[] => {
      const [from = Number.NaN, to = Number.NaN] = whole.row.period.split("-").map(Number);
      const single = (first: number, last: number): readonly Share[] =>
        own.filter(({ row: { period } }) => Number(period) >= first && Number(period) <= last);
      const parts = single(from, to);
      if (parts.length !== to - from + 1) return [];
      // a pooled period that has grown: what it was, and the years since
      const grown = own.flatMap((before): readonly Table[] => {
        const [start = Number.NaN, end = Number.NaN] = before.row.period.split("-").map(Number);
        if (start !== from || !(end < to)) return [];
        return [{ rule: "years", whole, parts: [before, ...single(end + 1, to)] }];
      });
      return [{ rule: "years", whole, parts }, ...grown];
    }),
  );
  return [...byLevel, ...byYear];
}

function believed(tables: readonly Table[]): readonly Table[] {
  return [...groupBy(tables, ({ rule }) => rule).values()].flatMap((own) =>
    own.every(({ whole, parts }) => {
      const left = leftOf(whole, parts);
      return left.people === null || left.sum === null || (left.people === 0 && isNear(left.sum));
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
