import type { Covariate, Patterns } from "../../src/evaluate/patterns.ts";
import type { ReferenceRow } from "./reference-values.ts";

/** One pattern a person; a column is numeric where all its values are numbers. */
export function fromRows(rows: readonly ReferenceRow[], arm: string, covariates: readonly string[]): Patterns {
  return {
    size: rows.length,
    arm: Uint8Array.from(rows, (row) => Number(row[arm])),
    month: new Int32Array(rows.length),
    covariates: covariates.map((name) => covariateOf(name, rows)),
    rows: new Float64Array(rows.length).fill(1),
  };
}

/** One pattern a combination of arm and covariates, in order of appearance. */
export function patternsFromRows(rows: readonly ReferenceRow[], arm: string, covariates: readonly string[]): Patterns {
  const groups = new Map<string, { row: ReferenceRow; count: number }>();
  for (const row of rows) {
    const key = [arm, ...covariates].map((name) => row[name]).join("|");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { row, count: 1 });
    else group.count++;
  }
  const distinct = [...groups.values()];
  const patterns = fromRows(
    distinct.map((group) => group.row),
    arm,
    covariates,
  );
  return { ...patterns, rows: Float64Array.from(distinct, (group) => group.count) };
}

function covariateOf(name: string, rows: readonly ReferenceRow[]): Covariate {
  const values = rows.map((row) => row[name] ?? "");
  if (values.every((value) => value !== "" && Number.isFinite(Number(value))))
    return { kind: "numeric", name, values: Float64Array.from(values, Number) };
  const levels = [...new Set(values)];
  return { kind: "categorical", name, levels, codes: Int32Array.from(values, (value) => levels.indexOf(value)) };
}

/** A pattern of a block with a score, and how many rows have it. */
export interface ScoredPattern {
  readonly treated: boolean;
  readonly block: number;
  readonly score: number;
  readonly rows: number;
}

/** Patterns of two blocks, without any month. */
export function blockPatterns(list: readonly ScoredPattern[]): Patterns {
  return {
    size: list.length,
    arm: Uint8Array.from(list, (p) => (p.treated ? 1 : 0)),
    month: new Int32Array(list.length),
    covariates: [
      { kind: "categorical", name: "block", levels: ["a", "b"], codes: Int32Array.from(list, (p) => p.block) },
    ],
    rows: Float64Array.from(list, (p) => p.rows),
  };
}
