import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { packageRoot } from "../../src/package-root.ts";

/** A row of a reference file, all fields as text. */
export type ReferenceRow = Readonly<Record<string, string>>;

/** The text of a file under test/reference. */
export function referenceText(path: string): string {
  return readFileSync(join(packageRoot(), "test", "reference", path), "utf8");
}

/** The rows of a CSV file under test/reference, quotes removed. */
export function referenceRows(path: string): ReferenceRow[] {
  const [header = [], ...rows] = referenceText(path).trim().split(/\r?\n/).map(fields);
  return rows.map((row) => Object.fromEntries(header.map((name, i) => [name, row[i] ?? ""])));
}

/** A field as text; its absence is a mistake of the test. */
export function text(row: ReferenceRow, name: string): string {
  const value = row[name];
  if (value === undefined) throw new Error(`reference row has no column ${name}`);
  return value;
}

/** A field as a number: R's `Inf` is Infinity; empty or `NA` is NaN. */
export function number(row: ReferenceRow, name: string): number {
  const value = text(row, name);
  if (value === "Inf" || value === "-Inf") return value === "Inf" ? Infinity : -Infinity;
  return value === "" || value === "NA" ? Number.NaN : Number(value);
}

/** Fails unless `actual` is within `tolerance` relative of `expected` (absolute where that is 0). */
export function expectClose(
  actual: number | null | undefined,
  expected: number,
  place: string,
  tolerance = 1e-9,
): void {
  const scale = expected === 0 ? 1 : Math.abs(expected);
  const gap = typeof actual === "number" ? Math.abs(actual - expected) / scale : Number.NaN;
  expect(gap <= tolerance, `${place}: ${actual} should be ${expected} (relative gap ${gap})`).toBe(true);
}

function fields(line: string): string[] {
  return [...line.matchAll(/(?:^|,)("(?:[^"]|"")*"|[^,]*)/g)].map((match) => (match[1] ?? "").replace(/^"|"$/g, ""));
}
