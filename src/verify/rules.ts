import type { Outcome, Unequal } from "./check.ts";
import { isNear, type Lookup, lookupOf } from "./lookup.ts";
import { type MetricRow, nameOfFigure } from "./metric-rows.ts";

/** A number of a row that follows from other released numbers. */
export interface Rule {
  readonly metric: string;
  readonly field: "value" | "lower" | "upper";
  /** How it follows, for people: `participants' rate - controls' rate`. */
  readonly says: string;
  /** What it must be; null where what it follows from isn't shown, and nothing can be said. */
  readonly from: (row: MetricRow, lookup: Lookup) => number | null;
  /** Largest distance, where numbers were rounded before they were published; as doubles are read by default. */
  readonly within?: number;
}

/** Every shown number for which a rule has an answer, held against it. */
export function heldAgainst(rules: readonly Rule[], rows: readonly MetricRow[]): Outcome {
  const lookup = lookupOf(rows);
  let compared = 0;
  const unequal: Unequal[] = [];
  for (const row of rows)
    for (const rule of rules) {
      const shown = row[rule.field];
      if (row.metric !== rule.metric || shown === null) continue;
      const expected = rule.from(row, lookup);
      if (expected === null) continue;
      compared += 1;
      const isEqual = rule.within === undefined ? isNear(shown, expected) : Math.abs(shown - expected) <= rule.within;
      if (isEqual) continue;
      const field = rule.field === "value" ? "" : ` (${rule.field})`;
      const what = `${nameOfFigure(row)}${field}: ${shown} is published, ${rule.says} gives ${expected}`;
      unequal.push({ file: row.file, line: row.line, what });
    }
  return { compared, unequal };
}

/** A rule's answer from several numbers, null where one of them isn't shown. */
export function given(
  numbers: readonly (number | null | undefined)[],
  fn: (...shown: number[]) => number,
): number | null {
  const shown = numbers.flatMap((number) => number ?? []);
  if (shown.length < numbers.length) return null;
  const result = fn(...shown);
  return Number.isFinite(result) ? result : null;
}
