import { retention } from "../../src/chart/retention.ts";
import type { Series, SeriesPoint } from "../../src/chart/series.ts";
import { type Panel, smallMultiples } from "../../src/chart/small-multiples.ts";
import { trend } from "../../src/chart/trend.ts";
import type { Graphic } from "../../src/document/document.ts";
import type { ReportInput } from "../report-input.ts";
import { allYears, NETWORK, regionName, regionsTold, shortWords, shown, told, type YearPlace } from "./place.ts";

/** Fewer points than this are no line: their table tells them better. */
const LEAST_POINTS = 2;

const isLine = ({ points }: Series): boolean =>
  points.filter(({ value }) => value !== undefined).length >= LEAST_POINTS;

/** Mentors who started another duo within so many months, with the intervals as a band; undefined where it is no line. */
export function returnsChart(input: ReportInput, place: YearPlace, months: readonly string[]): Graphic | undefined {
  const { messages } = input;
  const name = messages.text("year.table.returns");
  const places = months.map((level) => ({ at: Number(level), place: { ...place, level } }));
  const returned = seriesOf(input, name, places);
  if (!isLine(returned)) return undefined;
  return retention({
    locale: messages.locale,
    words: { months: messages.text("year.column.since") },
    series: [returned],
  });
}

/**
 * Declared solutions by year: beside those with a job or, in a region's report, beside the network's; undefined where the
 * report's own are no line.
 */
export function solutionTrend(input: ReportInput): Graphic | undefined {
  const { messages, region } = input;
  const years = allYears(input);
  const of = (name: string, place: YearPlace): Series => yearSeries(input, name, place);
  const solution = { metric: "declared_solution", arm: "duos" } as const;
  const own = of(region === NETWORK ? messages.text("year.key.solution") : regionName(region, input), solution);
  if (!isLine(own)) return undefined;
  const beside =
    region === NETWORK
      ? of(messages.text("year.solution.job"), { metric: "declared_job", arm: "duos" })
      : of(regionName(NETWORK, input), { ...solution, region: NETWORK });
  return trend({ locale: messages.locale, years: years.map(Number), series: [own, beside] });
}

/** The same share by year in each region, the network as a line behind each. */
export function regionsChart(input: ReportInput, place: YearPlace): Graphic {
  const { messages } = input;
  const years = allYears(input);
  const of = (region: string, name: string): Series => yearSeries(input, name, { ...place, region });
  return smallMultiples({
    locale: messages.locale,
    words: { own: messages.text("year.column.region"), reference: regionName(NETWORK, input) },
    years: years.map(Number),
    reference: of(NETWORK, "").points,
    panels: regionsTold(input).map((region) => panelOf(of(region, regionName(region, input)))),
  });
}

/** A share year by year. */
const yearSeries = (input: ReportInput, name: string, place: YearPlace): Series =>
  seriesOf(
    input,
    name,
    allYears(input).map((period) => ({ at: Number(period), place: { ...place, period } })),
  );

/** A panel without any value says once why. */
function panelOf(series: Series): Panel {
  const words = series.points.find((point) => point.words !== undefined)?.words;
  return words === undefined ? series : { ...series, words };
}

/** Shares in per cent with their intervals; what isn't published is a gap that says why. */
function seriesOf(
  input: ReportInput,
  name: string,
  places: ReadonlyArray<{ readonly at: number; readonly place: YearPlace }>,
): Series {
  const points = places.map(({ at, place }): SeriesPoint => {
    const value = told(input, place);
    if (value?.value == null) return { at, words: shortWords(value, input.messages) };
    const limit = (own: number | null): number | null => (own === null ? null : own * 100);
    return { at, value: value.value * 100, lower: limit(value.lower), upper: limit(value.upper) };
  });
  const last = places.at(-1);
  const end = last === undefined ? undefined : told(input, last.place);
  return end?.value == null ? { name, points } : { name, points, endText: shown(end, "rate", input.messages) };
}
