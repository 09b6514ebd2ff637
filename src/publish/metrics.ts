import { csvText } from "../csv-field.ts";
import type { Released } from "../disclose/finding.ts";

/** Types of the columns, by the names that Table Schema has for them. */
export type MetricType = "string" | "number" | "integer" | "date";

/** The columns of every metrics file, in order, with their types (checklist M1). */
export const METRIC_TYPES = {
  metric: "string",
  region: "string",
  period: "string",
  dimension: "string",
  level: "string",
  arm: "string",
  value: "number",
  lower: "number",
  upper: "number",
  n: "integer",
  unit: "string",
  obs_status: "string",
  conf_status: "string",
  definition: "string",
  window: "string",
  as_of: "date",
} as const satisfies Readonly<Partial<Record<keyof Released, MetricType>>>;

export const METRIC_COLUMNS = Object.keys(METRIC_TYPES) as readonly (keyof typeof METRIC_TYPES)[];

/** What identifies a row. */
export const METRIC_KEY = [
  "metric",
  "region",
  "period",
  "dimension",
  "level",
  "arm",
  "definition",
  "window",
] as const satisfies ReadonlyArray<keyof Released>;

/** Tidy CSV (RFC 4180, UTF-8): one row a metric x region x period x dimension x level x arm; hidden values are empty. */
export function metricsCsv(values: readonly Released[]): string {
  return csvText([METRIC_COLUMNS, ...values.map((value) => METRIC_COLUMNS.map((column) => value[column]))]);
}

/** The same rows as JSON, hidden values null. */
export function metricsJson(values: readonly Released[]): string {
  const rows = values.map((value) => Object.fromEntries(METRIC_COLUMNS.map((column) => [column, value[column]])));
  return `[\n${rows.map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
}
