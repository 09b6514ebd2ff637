import { DateDay, Float64, Int32, Table, tableToIPC, Utf8, type Vector, vectorFromArray } from "apache-arrow";
import type { Released } from "../disclose/finding.ts";
import { METRIC_COLUMNS, METRIC_TYPES } from "./metrics.ts";

/** The metrics as an Arrow file: texts, doubles, whole numbers and days, nulls where nothing is published. */
export function metricsArrow(values: readonly Released[]): Uint8Array {
  const vectors = METRIC_COLUMNS.map((column) => [column, vectorOf(values, column)] as const);
  return tableToIPC(new Table(Object.fromEntries(vectors)), "file");
}

function vectorOf(values: readonly Released[], column: (typeof METRIC_COLUMNS)[number]): Vector {
  const cells = values.map((value) => value[column]);
  if (METRIC_TYPES[column] === "number") return vectorFromArray(cells, new Float64());
  if (METRIC_TYPES[column] === "integer") return vectorFromArray(cells, new Int32());
  if (METRIC_TYPES[column] === "string") return vectorFromArray(cells, new Utf8());
  const days = cells.map((cell) => new Date(`${cell}T00:00:00Z`));
  return vectorFromArray(days, new DateDay());
}
