import { recordsOf } from "../audit/published.ts";

/** A released value as it stands in a metrics file. */
export interface MetricRow {
  readonly file: string;
  /** Line of the file, the header being 1. */
  readonly line: number;
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
  readonly obs_status: string;
  readonly conf_status: string;
  readonly definition: string;
  readonly window: string;
}

/** What a value is about, beside its metric and arm. */
export type MetricPlace = Pick<MetricRow, "region" | "period" | "dimension" | "level" | "definition" | "window">;

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
export const nameOfRow = ({ metric, region, period, dimension, level, arm, definition }: MetricRow): string =>
  [metric, region, period, ...(dimension === "total" ? [] : [`${dimension} ${level}`]), arm, definition]
    .filter((part) => part !== "")
    .join(", ");

export const keyOfPlace = ({ region, period, dimension, level, definition, window }: MetricPlace): string =>
  [region, period, dimension, level, definition, window].join("\u0000");
