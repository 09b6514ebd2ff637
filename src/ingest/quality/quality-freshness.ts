import type { Freshness, MonthCount } from "../../catalogue/data-quality.ts";
import { groupBy } from "../../group-by.ts";

/** Records of a place that begin in one month (year * 12 + month - 1), and the latest of them (ISO). */
interface MonthRows {
  readonly table: string;
  readonly region: string;
  readonly branch: string;
  readonly month: number;
  readonly rows: number;
  readonly latest: string;
}

/** Months looked at, and the share of the usual count below which a month is a gap. */
export const MONTHS = 24;
export const GAP = 0.5;
/** A month in which fewer records are usual says nothing. */
const USUAL_FROM = 4;

/** Where the records of each table, region and branch end, by year; an empty region or branch sums over all. */
export function freshnessOf(
  rows: readonly MonthRows[],
  extractions: ReadonlyMap<string, string>,
): readonly Freshness[] {
  const places = groupBy(everyLevel(rows), ({ table, region, branch }) => [table, region, branch].join("\0"));
  return [...places]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, all]) => {
      const [first] = all;
      if (first === undefined) return [];
      const { table, region, branch } = first;
      const latest = latestOf(all);
      const years = [...groupBy(all, ({ month }) => Math.floor(month / 12))]
        .sort(([a], [b]) => a - b)
        .map(([year, months]) => ({ year, rows: sumOf(months), latest: latestOf(months) }));
      return [{ table, region, branch, years, latest, monthsBehind: behind(latest, extractions.get(table)) }];
    });
}

/** The last 24 whole months before each table's extraction, by region and over all. */
export function monthsOf(rows: readonly MonthRows[], extractions: ReadonlyMap<string, string>): readonly MonthCount[] {
  const series = groupBy(
    everyLevel(rows).filter(({ branch }) => branch === ""),
    ({ table, region }) => [table, region].join("\0"),
  );
  return [...series]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, months]) => {
      const [first] = months;
      const extraction = extractions.get(first?.table ?? "");
      if (first === undefined || extraction === undefined) return [];
      const counts = new Map([...groupBy(months, ({ month }) => month)].map(([month, all]) => [month, sumOf(all)]));
      const begin = Math.min(...counts.keys());
      const last = lastWholeMonth(extraction);
      return Array.from({ length: MONTHS }, (_, i) => last - MONTHS + 1 + i).map((month) => {
        const own = counts.get(month) ?? 0;
        const usual = usualOf(counts, begin, month);
        const gap = usual !== null && usual >= USUAL_FROM && own < GAP * usual;
        return { table: first.table, region: first.region, month: monthText(month), rows: own, usual, gap };
      });
    });
}

/** Rows of the branches as they are, and again by region and over all. */
const everyLevel = (rows: readonly MonthRows[]): readonly MonthRows[] => [
  ...rows.filter(({ branch }) => branch !== ""),
  ...rows.map((row) => ({ ...row, branch: "" })),
  ...rows.map((row) => ({ ...row, region: "", branch: "" })),
];

const sumOf = (months: readonly MonthRows[]): number => months.reduce((sum, { rows }) => sum + rows, 0);
const latestOf = (months: readonly MonthRows[]): string =>
  months
    .map((month) => month.latest)
    .sort()
    .at(-1) ?? "";

/** Mean of the same month of the three years before; null where the records don't go back so far. */
function usualOf(counts: ReadonlyMap<number, number>, begin: number, month: number): number | null {
  if (month - 36 < begin) return null;
  const mean = [12, 24, 36].reduce((sum, back) => sum + (counts.get(month - back) ?? 0), 0) / 3;
  return Math.round(mean * 10) / 10;
}

const numberOf = (day: string): number => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;

/** A month, year * 12 + month - 1, as YYYY-MM. */
export const monthText = (month: number): string =>
  `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, "0")}`;

function lastWholeMonth(extraction: string): number {
  const month = numberOf(extraction);
  const nextDay = new Date(Date.parse(`${extraction}T00:00:00Z`) + 86_400_000).toISOString();
  return numberOf(nextDay) > month ? month : month - 1;
}

/** Whole months from a day to the extraction, 0 for later days. */
function behind(latest: string, extraction: string | undefined): number | null {
  if (extraction === undefined) return null;
  const months = numberOf(extraction) - numberOf(latest) - (extraction.slice(8) < latest.slice(8) ? 1 : 0);
  return Math.max(0, months);
}
