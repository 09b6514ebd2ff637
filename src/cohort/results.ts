import type { Table } from "apache-arrow";
import { sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { RISK } from "../catalogue/risk.ts";
import type { SqlEngine, SqlRow } from "../engine/engine.ts";
import type { Outcomes, Recurrence } from "../evaluate/patterns.ts";
import { type CohortSettings, type CovariateName, definitionOf, type OutcomeChoice } from "./settings.ts";
import { cohortParameters, loadSettings } from "./settings-tables.ts";
import { outcomesOf, recurrenceOf } from "./tables.ts";

/** Sums of one outcome by key (0 for patterns that are not matched), with the rows whose follow-up is unknown. */
export interface OutcomeSums extends Outcomes {
  readonly definition: OutcomeChoice["definition"];
  readonly persons: Float64Array;
  /** Rows that died or emigrated inside the window and were not seen again, and the sum of their outcome. */
  readonly unknownRows: Float64Array;
  readonly unknownSum: Float64Array;
}

export interface OutcomeRecurrence extends Recurrence, OutcomeChoice {}

/** Distinct persons of the matched patterns, which sums over patterns can't give. */
export interface Population extends OutcomeChoice {
  /** `2014`, or pooled `2014-2016`. */
  readonly period: string;
  /** `total`, or a covariate. */
  readonly dimension: string;
  /** `total`, or the covariate's level. */
  readonly level: string;
  readonly arm: "participants" | "controls" | "both";
  readonly rows: number;
  readonly persons: number;
  /** Distinct persons placed in at least one of their rows. */
  readonly personsPlaced: number;
  readonly unknownRows: number;
  readonly unknownPersons: number;
}

export interface Results {
  readonly outcomes: readonly OutcomeSums[];
  readonly recurrence: readonly OutcomeRecurrence[];
  readonly populations: readonly Population[];
  readonly tables: { readonly outcomes: Table; readonly recurrence: Table; readonly populations: Table };
}

/**
 * Reads outcomes, for the first time, of the matched patterns only.
 * @param matchedKeys the keys of the matched patterns, in any order, none twice
 * @param subgroups covariates by which populations are counted beside the total
 */
export async function readOutcomes(
  engine: SqlEngine,
  settings: CohortSettings,
  matchedKeys: Iterable<number>,
  subgroups: readonly CovariateName[],
): Promise<Results> {
  await loadSettings(engine, settings, subgroups);
  await engine.load("patterns.matched", { key: Int32Array.from(matchedKeys) });
  for (const entry of RESULTS) await engine.build(sqlOf(entry), entry.grain, cohortParameters(settings));
  const tables = {
    outcomes: await engine.arrow(tableOf(PATTERNS.outcomes)),
    recurrence: await engine.arrow(tableOf(PATTERNS.recurrence)),
    populations: await engine.arrow(tableOf(PATTERNS.populations)),
  };
  return {
    outcomes: outcomesOf(tables.outcomes, await patternCount(engine), settings.outcomes),
    recurrence: recurrenceOf(tables.recurrence, settings.outcomes),
    populations: (await engine.rows(tableOf(PATTERNS.populations))).map(population),
    tables,
  };
}

const RESULTS = [RISK.placements, PATTERNS.outcomes, PATTERNS.recurrence, PATTERNS.populations] as const;

async function patternCount(engine: SqlEngine): Promise<number> {
  const [row] = await engine.rows({
    name: "patterns.patterns",
    text: "select count(*) as size from patterns.patterns",
  });
  return Number(row?.size);
}

const ARMS = ["participants", "controls", "both"] as const;

function population(row: SqlRow): Population {
  return {
    definition: definitionOf(String(row.outcome)),
    after: Number(row.after),
    period: String(row.period),
    dimension: String(row.dimension),
    level: String(row.level),
    arm: ARMS.find((arm) => arm === row.arm) ?? "both",
    rows: Number(row.rows),
    persons: Number(row.persons),
    personsPlaced: Number(row.persons_placed),
    unknownRows: Number(row.unknown_rows),
    unknownPersons: Number(row.unknown_persons),
  };
}
