import { buildDesign, type Design } from "../../src/cohort/design.ts";
import { type Results, readOutcomes } from "../../src/cohort/results.ts";
import { COHORT_DEFAULTS, type CohortSettings } from "../../src/cohort/settings.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { printTable, type StagedTables, stagedEngine } from "./tables.ts";

/** Brussels 2014-2016, one outcome, an extraction that leaves every month mature. */
export const STUDY: CohortSettings = {
  ...COHORT_DEFAULTS,
  region: "brussels",
  register: "actiris",
  years: [2014, 2015, 2016],
  seed: "a seed",
  extraction: "2018-12-31",
  reportingLagMonths: 0,
  outcomes: [{ definition: "days90", after: 0 }],
};

export interface Built {
  readonly engine: SqlEngine;
  readonly design: Design;
  readonly results: Results;
  /** Named columns of a built table as text, in the order of these columns. */
  table(name: string, columns: string, where?: string): Promise<string>;
}

/** Stages the tables, builds everything with all patterns matched, and hands the built tables to the test. */
export async function withCohort(
  tables: StagedTables,
  changes: Partial<CohortSettings>,
  test: (built: Built) => Promise<void>,
): Promise<void> {
  const settings = { ...STUDY, ...changes };
  const engine = await stagedEngine(tables);
  try {
    const design = await buildDesign(engine, settings);
    const keys = Int32Array.from({ length: design.patterns.size }, (_, key) => key);
    const results = await readOutcomes(engine, settings, keys, ["gender"]);
    await test({ engine, design, results, table: (...args) => printed(engine, ...args) });
  } finally {
    await engine.close();
  }
}

async function printed(engine: SqlEngine, name: string, columns: string, where = "true"): Promise<string> {
  const names = columns.split(",").map((column) => column.trim());
  const rows = await engine.rows({ name, text: `select ${names.join(", ")} from ${name} where ${where} order by all` });
  return printTable(rows, names);
}
