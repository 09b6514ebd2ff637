import { recordsOf } from "../audit/published.ts";
import { METRIC_KEY } from "../publish/metrics.ts";

/** A published value, as metrics files and earlier editions have it. */
export interface Figure {
  readonly metric: string;
  readonly region: string;
  readonly period: string;
  readonly dimension: string;
  readonly level: string;
  readonly arm: string;
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly n: number | null;
  readonly unit: string;
  readonly conf_status: string;
  readonly definition: string;
  readonly window: string;
}

/** The numbers of a figure. */
export const FIGURE_NUMBERS = ["value", "lower", "upper", "n"] as const satisfies ReadonlyArray<keyof Figure>;

/** A figure as it stands in a metrics file. */
export interface MetricRow extends Figure {
  readonly file: string;
  /** Line of the file, the header being 1. */
  readonly line: number;
  readonly obs_status: string;
}

/** The rows of a metrics CSV; a field that is no number where one belongs is NaN, which equals nothing. */
export function metricRows(file: string, text: string): readonly MetricRow[] {
  const [head = [], ...records] = recordsOf(text);
  return records.map((record, i) => {
    const field = (name: string): string => record[head.indexOf(name)] ?? "";
    const number = (name: string): number | null => (field(name) === "" ? null : Number(field(name)));
    return {
      file,
      line: i + 2,
      metric: field("metric"),
      region: field("region"),
      period: field("period"),
      dimension: field("dimension"),
      level: field("level"),
      arm: field("arm"),
      value: number("value"),
      lower: number("lower"),
      upper: number("upper"),
      n: number("n"),
      unit: field("unit"),
      obs_status: field("obs_status"),
      conf_status: field("conf_status"),
      definition: field("definition"),
      window: field("window"),
    };
  });
}

/** `effect_difference, brussels, 2014, qualification high, participants, days90`. */
export const nameOfFigure = ({ metric, region, period, dimension, level, arm, definition }: Figure): string =>
  [metric, region, period, ...(dimension === "total" ? [] : [`${dimension} ${level}`]), arm, definition]
    .filter((part) => part !== "")
    .join(", ");

/** One text a figure: what is told of the same in two files or editions has the same. */
export const keyOfFigure = (figure: Pick<Figure, (typeof METRIC_KEY)[number]>): string =>
  METRIC_KEY.map((column) => figure[column]).join("\u0000");
