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

/** Mentees of one Brussels branch, each with one duo: person number and day of the start. */
export function programme(starts: Readonly<Record<string, string>>): StagedTables {
  const duos = Object.entries(starts);
  return {
    branches: "branch_id | region\nB1 | brussels\nB2 | flanders",
    mentees: duos.map(([person_number]) => ({ mentee_id: `M-${person_number}`, person_number })),
    duos: duos.map(([person_number, started_on]) => ({
      duo_id: `D-${person_number}`,
      mentee_id: `M-${person_number}`,
      branch_id: "B1",
      started_on,
    })),
  };
}

/** Women born in 1990 with the programme's largest origin, registered from 2013 on with no end. */
export function register(...numbers: readonly string[]): StagedTables {
  const person = {
    register: "actiris",
    birth_on: "1990-01-01",
    gender: "woman",
    origin: "maghreb",
    qualification: "low",
  };
  return {
    jobseekers: numbers.map((person_number) => ({ ...person, person_number })),
    jobseeker_spells: numbers.map((person_number) => ({
      register: "actiris",
      person_number,
      from_on: "2013-01-01",
    })),
  };
}
