import { resolve } from "node:path";
import { openDuckDb } from "../engine/duckdb.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { isBinary } from "../evaluate/effect.ts";
import { type Evaluation, evaluation } from "../evaluate/evaluation.ts";
import { matchExact } from "../evaluate/exact.ts";
import { UserError } from "../user-error.ts";
import { readPatterns } from "./patterns.ts";
import { openTable } from "./table.ts";
import { recurringPersons, writeWeights } from "./weights.ts";

/** What is asked of one flat file: which column is what, and where unit weights go. */
export interface TableSettings {
  readonly treated: string;
  readonly outcome: string;
  readonly exact: readonly string[];
  /** Further covariates, shown in the balance and not matched on. */
  readonly covariates: readonly string[];
  /** Column that names the person; rows are persons by default. */
  readonly id?: string;
  /** File for the weights, one line a row. */
  readonly weights?: string;
}

export interface TableEvaluation {
  readonly evaluation: Evaluation;
  /** Whether an id recurs, so that errors are clustered by person. */
  readonly clustered: boolean;
  /** Whether the outcome is 0 or 1. */
  readonly proportion: boolean;
  readonly warnings: readonly string[];
}

/**
 * Evaluates one flat CSV or Parquet file, one row a person, by exact matching.
 * @throws UserError with every problem of the file and of the settings
 */
export async function evaluateTable(path: string, settings: TableSettings): Promise<TableEvaluation> {
  checkSettings(path, settings);
  const engine = await openDuckDb();
  try {
    return await evaluateOn(engine, path, settings);
  } finally {
    await engine.close();
  }
}

async function evaluateOn(engine: SqlEngine, path: string, settings: TableSettings): Promise<TableEvaluation> {
  const covariates = [...new Set([...settings.exact, ...settings.covariates])];
  const columns = {
    treated: settings.treated,
    outcome: settings.outcome,
    covariates,
    ...(settings.id === undefined ? {} : { id: settings.id }),
  };
  const table = await openTable(engine, path, [settings.treated, settings.outcome, ...covariates]);
  const keep = settings.id === undefined && settings.weights === undefined ? "view" : "table";
  const { patterns, outcomes, warnings } = await readPatterns(engine, table, columns, keep);
  const design = matchExact(patterns, { on: settings.exact });
  const recurring = settings.id === undefined ? undefined : await recurringPersons(engine, design);
  const result = evaluation({ patterns, design, outcomes, ...(recurring === undefined ? {} : { recurring }) });
  if (settings.weights !== undefined) {
    const exact = settings.exact.map((name) => covariates.indexOf(name));
    await writeWeights(engine, { file: settings.weights, patterns, design, exact, ids: settings.id !== undefined });
  }
  return {
    evaluation: result,
    clustered: recurring !== undefined,
    proportion: isBinary({ outcomes }),
    warnings: [...table.warnings, ...warnings],
  };
}

function checkSettings(path: string, settings: TableSettings): void {
  const problems: string[] = [];
  if (settings.exact.length === 0)
    problems.push("name at least one column to match on, e.g. --exact gender,qualification");
  if (settings.weights !== undefined && resolve(settings.weights) === resolve(path))
    problems.push(`--weights would overwrite ${path}; give another file`);
  if (problems.length > 0) throw new UserError(problems);
}
