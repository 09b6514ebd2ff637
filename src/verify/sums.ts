import { groupBy } from "../group-by.ts";
import type { Check, Unequal } from "./check.ts";
import { isNear, type Lookup, lookupOf } from "./lookup.ts";
import { keyOfFigure, type MetricRow, nameOfFigure } from "./metric-rows.ts";

/** A count with those that it consists of, all of them shown. */
interface Table {
  readonly whole: MetricRow;
  readonly parts: readonly MetricRow[];
  readonly of: string;
  /** Nobody stands in two parts: they add up. Else no part exceeds the whole, nor the whole all parts together. */
  readonly isSum: boolean;
}

/** Regions make the network, levels the total, years the pooled period, wherever all of them are shown. */
export const sumsCheck: Check = {
  name: "sums",
  title: "regions, levels and years make up their whole, where all are shown",
  applies: ({ rows }) => rows.some(isCount),
  run: ({ rows }) => {
    const lookup = lookupOf(rows);
    const counts = rows.filter(isCount);
    const tables = [...regions(counts), ...levels(counts, lookup), ...years(counts)].filter(isShown);
    return { compared: tables.length, unequal: tables.flatMap(problem) };
  },
};

const isCount = ({ unit, metric, dimension }: MetricRow): boolean =>
  (unit === "persons" || unit === "rows") && dimension !== "attrition" && !metric.startsWith("effective_sample_size");

/** Dimensions of which a person or duo has one level, by metric. */
const LEVELS: Readonly<Record<string, readonly string[]>> = {
  placements: ["age_band", "gender", "origin", "qualification", "unemployment_duration", "index_month"],
  persons_in_duos: ["age_band", "gender", "origin", "qualification", "former_sector"],
  mentors_trained: ["availability"],
  mentors_with_duo: ["duos"],
  duos_ended: ["end_reason", "branch"],
  duos_created: ["branch"],
  duos_started: ["branch"],
  duos_running: ["branch"],
};
/** Counted once in all years together. */
const YEARS: ReadonlySet<string> = new Set(["duos_created", "duos_started", "duos_ended", "placements"]);

function regions(counts: readonly MetricRow[]): readonly Table[] {
  const own = counts.filter(({ dimension }) => dimension !== "branch");
  return [...groupBy(own, (row) => keyWith(row, { region: "" })).values()].flatMap((table) => {
    const whole = table.find(({ region }) => region === "network");
    const parts = table.filter((row) => row !== whole);
    const isSum = whole?.unit === "rows";
    return whole === undefined || parts.length === 0 ? [] : [{ whole, parts, of: "regions", isSum }];
  });
}

function levels(counts: readonly MetricRow[], lookup: Lookup): readonly Table[] {
  const own = counts.filter(({ metric, dimension }) => LEVELS[metric]?.includes(dimension));
  return [...groupBy(own, (row) => keyWith(row, { level: "" })).values()].flatMap((parts) => {
    const [first] = parts;
    const whole = first && lookup.at(first, { dimension: "total", level: "total" });
    if (first === undefined || whole === undefined) return [];
    return [{ whole, parts, of: `levels of ${first.dimension}`, isSum: true }];
  });
}

function years(counts: readonly MetricRow[]): readonly Table[] {
  const own = counts.filter(({ metric }) => YEARS.has(metric));
  return [...groupBy(own, (row) => keyWith(row, { period: "" })).values()].flatMap((line) =>
    line.flatMap((whole) => {
      const [from = 0, to = from] = whole.period.split("-").map(Number);
      const parts = line.filter(
        ({ period }) => !period.includes("-") && Number(period) >= from && Number(period) <= to,
      );
      return to > from && parts.length === to - from + 1 ? [{ whole, parts, of: "years", isSum: true }] : [];
    }),
  );
}

const keyWith = (row: MetricRow, change: Partial<MetricRow>): string => keyOfFigure({ ...row, ...change });

const isShown = ({ whole, parts }: Table): boolean => [whole, ...parts].every(({ value }) => value !== null);

function problem({ whole, parts, of, isSum }: Table): readonly Unequal[] {
  const values = parts.map(({ value }) => value ?? 0);
  const all = whole.value ?? 0;
  const sum = values.reduce((total, value) => total + value, 0);
  const isEqual = isSum ? isNear(sum, all) : sum >= all && Math.max(...values) <= all;
  if (isEqual) return [];
  const lines = parts.map(({ line }) => line).join(", ");
  const what = `${nameOfFigure(whole)}: ${all} is published, its ${of} (lines ${lines}) ${isSum ? "add up to" : "can't make it with"} ${sum}`;
  return [{ file: whole.file, line: whole.line, what }];
}
