import type { Released } from "../../src/disclose/finding.ts";
import type { TableCell } from "../../src/document/document.ts";
import type { Messages } from "../../src/wording/messages.ts";
import { bracketed } from "../../src/wording/numbers.ts";
import {
  absentWords,
  asCount,
  asPercent,
  asPoints,
  asProbability,
  asRatio,
  intervalText,
  numberCell,
  type ReportInput,
} from "../report-input.ts";

export const NETWORK = "network";

/** Where a figure of the programme's year stands; what is left out is the report's own region, its year, dimension `total`. */
export interface YearPlace {
  readonly metric: string;
  readonly arm: string;
  readonly region?: string;
  readonly period?: string;
  readonly dimension?: string;
  readonly level?: string;
  readonly definition?: string;
}

const indexes = new WeakMap<readonly Released[], ReadonlyMap<string, Released>>();

const keyOf = (place: Required<YearPlace>): string =>
  JSON.stringify([place.metric, place.arm, place.region, place.period, place.dimension, place.level, place.definition]);

function indexOf(released: readonly Released[]): ReadonlyMap<string, Released> {
  const known = indexes.get(released);
  if (known !== undefined) return known;
  const index = new Map(released.map((value) => [keyOf(value), value]));
  indexes.set(released, index);
  return index;
}

/** The released value at a place, or undefined where nothing was computed. */
export function told(input: ReportInput, place: YearPlace): Released | undefined {
  const full = {
    region: input.region,
    period: yearOf(input),
    dimension: "total",
    level: "total",
    definition: "",
    ...place,
  };
  return indexOf(input.released).get(keyOf(full));
}

const yearsOf = ({ pipeline }: ReportInput): readonly number[] =>
  [...(pipeline.programme?.years ?? [])].sort((a, b) => a - b);

/** The year that the report is about: the last. */
export const yearOf = (input: ReportInput): string => String(yearsOf(input).at(-1));

/** The years before it, latest first. */
export const yearsBefore = (input: ReportInput): readonly string[] => yearsOf(input).slice(0, -1).map(String).reverse();

/** Every year, the first first. */
export const allYears = (input: ReportInput): readonly string[] => yearsOf(input).map(String);

/** The years together, `2022-2024`; undefined where there is one only. */
export function allTogether(input: ReportInput): string | undefined {
  const years = yearsOf(input);
  return years.length > 1 ? `${years[0]}-${years.at(-1)}` : undefined;
}

/** A region's name, as the pipeline or the messages have it. */
export function regionName(region: string, { pipeline, messages }: Pick<ReportInput, "pipeline" | "messages">): string {
  if (region === pipeline.region) return pipeline.regionName[messages.language];
  return messages.has(`region.${region}`) ? messages.named("region", region) : region;
}

/** Regions with figures of their own, by name. */
export function regionsTold(input: ReportInput): readonly string[] {
  const regions = new Set(input.released.filter(({ metric }) => metric === "duos_started").map(({ region }) => region));
  regions.delete(NETWORK);
  return [...regions].sort((a, b) => regionName(a, input).localeCompare(regionName(b, input), input.messages.locale));
}

/** Branches of the report's region, or all, by code. */
export function branchesTold(input: ReportInput): ReadonlyArray<{ readonly region: string; readonly branch: string }> {
  const found = new Map<string, { region: string; branch: string }>();
  for (const { metric, dimension, level, region } of input.released)
    if (metric === "duos_started" && dimension === "branch" && (input.region === NETWORK || region === input.region))
      found.set(level, { region, branch: level });
  return [...found.values()].sort((a, b) => (a.branch < b.branch ? -1 : 1));
}

/**
 * How a figure is written: the decimals belong to what it measures; `base` is the number of people that it rests on,
 * `share` a rate without its interval, `points` a difference of two rates, `p` a p-value.
 */
export type Measured =
  | "base"
  | "count"
  | "rate"
  | "share"
  | "points"
  | "p"
  | "days"
  | "ratio"
  | "euro"
  | "score"
  | "nps";

/** What has its interval beneath it on a page and in two further columns of a workbook. */
export const hasInterval = (measured: Measured): boolean =>
  measured === "rate" || measured === "points" || measured === "nps";

/** A value as text, or why there is none. */
export function shown(value: Released | undefined, measured: Measured, messages: Messages): string {
  return value?.value == null ? absentWords(value, messages) : SHOW[measured](value.value, messages.locale);
}

const SHOW: Readonly<Record<Measured, (value: number, locale: string) => string>> = {
  base: asCount,
  count: asCount,
  rate: asPercent,
  share: asPercent,
  points: asPoints,
  p: asProbability,
  days: asCount,
  ratio: asRatio,
  euro: (value, locale) =>
    new Intl.NumberFormat(locale, { style: "currency", currency: "EUR", maximumFractionDigits: 0 }).format(value),
  score: (value, locale) => asRatio(value, locale),
  nps: (value, locale) => asCount(value, locale),
};

export const FORMATS: Readonly<Record<Measured, string>> = {
  base: "#,##0",
  count: "#,##0",
  rate: "0.0%",
  share: "0.0%",
  points: "0.0",
  p: "0.000",
  days: "#,##0",
  ratio: "0.00",
  euro: "#,##0",
  score: "0.00",
  nps: "0",
};

/** A cell with its interval beneath it, and `[u]` where few answers make it unreliable; a few words where it is not published. */
export function measuredCell(value: Released | undefined, measured: Measured, input: ReportInput): TableCell {
  const cell = cellOf(measured === "base" ? value?.n : value?.value, value, measured, input);
  if (cell.marker !== undefined) return { ...cell, text: shortWords(value, input.messages) };
  const details = [
    hasInterval(measured) && value !== undefined ? intervalOf(value, measured, input.messages.locale) : "",
    value?.obs_status === "U" && measured !== "base" ? UNRELIABLE : "",
  ].filter((text) => text !== "");
  return details.length === 0 ? cell : { ...cell, detail: details.join(" ") };
}

/** A number of a figure in a cell: points are points in a workbook too. */
export function cellOf(
  number: number | null | undefined,
  value: Released | undefined,
  measured: Measured,
  input: ReportInput,
): TableCell {
  const cell = numberCell(number, value, input, SHOW[measured]);
  return measured === "points" && cell.value !== undefined ? { ...cell, value: cell.value * 100 } : cell;
}

/** Stands beside a figure of fewer answers than are reliable. */
export const UNRELIABLE = "[u]";

function intervalOf(value: Released, measured: Measured, locale: string): string {
  if (measured !== "nps") return intervalText(value, locale);
  if (value.lower === null || value.upper === null) return "";
  return bracketed(asCount(value.lower, locale), asCount(value.upper, locale), locale);
}

/** Why there is no number, in a word or two: a note under the table or chart says what they mean. */
export const shortWords = (value: Released | undefined, messages: Messages): string =>
  messages.text(`year.short.${absence(value)}`);

/** Why there is no number, by its key. */
function absence(value: Released | undefined): "tooFew" | "protected" | "notAvailable" {
  if (value?.conf_status === "A") return "tooFew";
  return value?.conf_status === "D" ? "protected" : "notAvailable";
}
