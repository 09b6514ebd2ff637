import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Covariate, Outcomes, Patterns } from "../../src/evaluate/patterns.ts";
import { packageRoot } from "../../src/package-root.ts";

export type Row = Readonly<Record<string, string>>;

/** Rows of a simple CSV (no quotes) of test/reference. */
export function referenceRows(path: string): readonly Row[] {
  const text = readFileSync(join(packageRoot(), "test/reference", path), "utf8");
  const [header, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = (header ?? "").split(",");
  return lines.map((line) => {
    const cells = line.split(",");
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ""]));
  });
}

/** A covariate from text values: numbers where all are. */
export function covariateOf(name: string, values: readonly string[]): Covariate {
  if (values.every((v) => v !== "" && Number.isFinite(Number(v))))
    return { kind: "numeric", name, values: Float64Array.from(values, Number) };
  const levels = [...new Set(values)].sort();
  return { kind: "categorical", name, levels, codes: Int32Array.from(values, (v) => levels.indexOf(v)) };
}

/** One pattern a person, and the outcome's sums. */
export function personPatterns(rows: readonly Row[], treated: string, covariates: readonly string[]): Patterns {
  return {
    size: rows.length,
    arm: Uint8Array.from(rows, (r) => Number(r[treated])),
    month: new Int32Array(rows.length),
    covariates: covariates.map((name) =>
      covariateOf(
        name,
        rows.map((r) => r[name] ?? ""),
      ),
    ),
    rows: new Float64Array(rows.length).fill(1),
  };
}

export function personOutcome(rows: readonly Row[], outcome: string): Outcomes {
  const y = Float64Array.from(rows, (r) => Number(r[outcome]));
  return { definition: outcome, after: 0, rows: y.map(() => 1), sum: y, sumsq: y.map((value) => value * value) };
}

/** Whether two numbers agree to `tolerance`, relative to the larger, absolute below 1e-12. */
export function agrees(found: number | null, expected: number, tolerance = 1e-9): boolean {
  if (found === null || !Number.isFinite(found)) return false;
  return Math.abs(found - expected) <= Math.max(1e-12, tolerance * Math.max(Math.abs(found), Math.abs(expected)));
}
