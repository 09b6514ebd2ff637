import type { Released } from "../../src/disclose/finding.ts";
import type { ReportInput } from "../report-input.ts";
import { NETWORK, regionName, type YearPlace } from "../year/place.ts";

/** Columns of persons, in order: all, then each gender. */
export const ESF_COLUMNS = ["total", "woman", "man", "non_binary"] as const;

/** Where the records of a gender, or of all, stand. */
export function esfPlace(metric: string, column: (typeof ESF_COLUMNS)[number]): YearPlace {
  const own = { metric, arm: "participants", level: column };
  return { ...own, dimension: column === "total" ? "total" : "gender" };
}

/** Regions with records, the network first, the others by name. */
export function esfRegions(input: ReportInput): readonly string[] {
  const found = new Set(recordsIn(input.released).map(({ region }) => region));
  const named = [...found].filter((region) => region !== NETWORK);
  const name = (region: string): string => regionName(region, input);
  named.sort((a, b) => name(a).localeCompare(name(b), input.messages.locale));
  return found.has(NETWORK) ? [NETWORK, ...named] : named;
}

/** Periods with records, the last year first, several years together at the end. */
export function esfPeriods({ released }: Pick<ReportInput, "released">): readonly string[] {
  const found = [...new Set(recordsIn(released).map(({ period }) => period))];
  const isPooled = (period: string): number => Number(period.includes("-"));
  return found.sort((a, b) => isPooled(a) - isPooled(b) || (a < b ? 1 : -1));
}

const recordsIn = (released: readonly Released[]): readonly Released[] =>
  released.filter(({ metric }) => metric === "eeco01" || metric === "esf_left" || metric === "esf_incomplete");
