import type { STEPS } from "../../src/indicators/funnel.ts";
import { periodText, type ReportInput } from "../report-input.ts";
import { allYears, regionName, regionsTold, shown, told, type YearPlace, yearOf } from "./place.ts";

/*
 * Titles of the year's charts: what each shows, chosen by rule from released values; what it is about, where a value that
 * the sentence needs is not published. Nothing is tested, so nothing is called a difference.
 */

/** Of declared outcomes: how many declare a job. */
export function solutionsFinding(input: ReportInput): string {
  const { messages } = input;
  const job = told(input, { metric: "declared_outcome", arm: "duos", dimension: "solution", level: "job" });
  if (job?.value == null) return messages.text("year.table.solutions");
  return messages.text("year.finding.solutions", { share: shown(job, "rate", messages), year: yearOf(input) });
}

/** Of declared solutions by year: the first year's and the last's. */
export function trendFinding(input: ReportInput): string {
  const { messages } = input;
  const [first = "", year = ""] = [allYears(input)[0], yearOf(input)];
  const [before, now] = [first, year].map((period) =>
    told(input, { metric: "declared_solution", arm: "duos", period }),
  );
  if (before?.value == null || now?.value == null || first === year) return messages.text("year.table.outcomes");
  return messages.text("year.finding.trend", {
    ...{ first, year },
    before: shown(before, "rate", messages),
    share: shown(now, "rate", messages),
  });
}

/** Of mentors who come back: how many did by the last month. */
export function returnsFinding(input: ReportInput, place: YearPlace, months: readonly string[]): string {
  const { messages } = input;
  const level = months.at(-1) ?? "";
  const returned = told(input, { ...place, level });
  if (returned?.value == null) return messages.text("year.table.returns");
  return messages.text("year.finding.returns", { share: shown(returned, "rate", messages), n: Number(level) });
}

/** Of regions: the least and the most, where each is published. */
export function regionsFinding(input: ReportInput, place: YearPlace): string {
  const { messages } = input;
  const values = regionsTold(input).map((region) => ({ region, value: told(input, { ...place, region }) }));
  const known = values.flatMap(({ region, value }) =>
    value?.value == null ? [] : [{ region, value, at: value.value }],
  );
  const [least, most] = [known.toSorted((a, b) => a.at - b.at)[0], known.toSorted((a, b) => b.at - a.at)[0]];
  if (least === undefined || most === undefined || known.length < values.length || least.at === most.at)
    return messages.text("year.table.regionsByYear");
  return messages.text("year.finding.regions", {
    year: yearOf(input),
    low: shown(least.value, "rate", messages),
    lowRegion: regionName(least.region, input),
    high: shown(most.value, "rate", messages),
    highRegion: regionName(most.region, input),
  });
}

/** Of steps: how many entered, and how many of them started a duo. */
export function funnelFinding(input: ReportInput, role: keyof typeof STEPS, period: string): string {
  const { messages } = input;
  const at = { arm: `${role}s`, period };
  const entered = told(input, { ...at, metric: "entered" });
  const started = told(input, { ...at, metric: "step_reached", dimension: "step", level: START });
  const about = { period: periodText(period) };
  if (entered?.value == null || started?.value == null) return messages.text(`year.table.funnel_${role}s`, about);
  return messages.text(`year.finding.funnel_${role}s`, {
    ...about,
    entered: shown(entered, "count", messages),
    started: shown(started, "count", messages),
  });
}

/** The step at which a duo has started. */
const START = "6";
