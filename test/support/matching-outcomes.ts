import type { Outcomes } from "../../src/evaluate/patterns.ts";
import type { ReferenceRow } from "./reference-values.ts";

/** The sums of an outcome where each pattern is one person. */
export function outcomesOf(rows: readonly ReferenceRow[], name: string): Outcomes {
  const y = Float64Array.from(rows, (row) => Number(row[name]));
  return { definition: name, after: 0, rows: y.map(() => 1), sum: y, sumsq: y.map((value) => value * value) };
}
