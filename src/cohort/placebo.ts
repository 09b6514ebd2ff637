import type { Table } from "apache-arrow";
import { sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { RISK } from "../catalogue/risk.ts";
import type { SqlEngine, SqlRow } from "../engine/engine.ts";
import type { Outcomes, Recurrence } from "../evaluate/patterns.ts";
import { integersOf, numbersByKey, numbersOf } from "./columns.ts";
import type { CohortSettings } from "./settings.ts";
import { cohortParameters, loadSettings } from "./settings-tables.ts";

/** How far one arm's history is known. */
export interface ObservedHistory {
  readonly arm: "participants" | "controls" | "both";
  /** Matched rows (person-months) and distinct persons. */
  readonly rows: number;
  readonly persons: number;
  /** Those of them known to the register 24 months before the index date. */
  readonly observedRows: number;
  readonly observedPersons: number;
  /** Distinct persons who worked at least 90 days in the placebo's months, in at least one of their rows. */
  readonly personsWorked: number;
}

/** One placebo outcome of the matched rows with observed history. */
interface PlaceboOutcome {
  readonly outcomes: Outcomes;
  readonly recurrence: Recurrence;
}

/**
 * What matched rows did before the programme could matter: months -24 to -13 before the index date, one outcome in days
 * and the same cut at 90.
 */
export interface Placebo {
  /** Days worked, 0 to 366. */
  readonly days: PlaceboOutcome;
  /** 1 for at least 90 days, else 0. */
  readonly days90: PlaceboOutcome;
  /** All rows of each matched pattern, their history observed or not, by key. */
  readonly matchedRows: Float64Array;
  /** Participants, controls, and both; an arm without a matched row has zeros. */
  readonly history: readonly ObservedHistory[];
}

/**
 * Reads days worked in months -24 to -13 before the index date, [index - 24 months, index - 12 months), excluded contracts
 * left out, for the rows of matched patterns whose person was registered or employed (whatever the contract) on or before
 * the first of these days. Sums, by key, as `estimateEffect` takes them; `rows` are the rows with observed history.
 * @param matchedKeys the keys of the matched patterns, in any order, none twice
 */
export async function readPlacebo(
  engine: SqlEngine,
  settings: CohortSettings,
  matchedKeys: Iterable<number>,
): Promise<Placebo> {
  await loadSettings(engine, settings);
  await engine.load("patterns.matched", { key: Int32Array.from(matchedKeys) });
  for (const entry of TABLES) await engine.build(sqlOf(entry), entry.grain, cohortParameters(settings));
  const size = (await engine.arrow(tableOf(PATTERNS.patterns))).numRows;
  const sums = await engine.arrow(tableOf(PATTERNS.placebo));
  const pairs = await engine.arrow(tableOf(PATTERNS.placebo_recurrence));
  const found = await engine.rows(tableOf(PATTERNS.placebo_populations));
  return {
    days: {
      outcomes: outcomesOf(sums, size, { definition: "days", sum: "days", sumsq: "days_squared" }),
      recurrence: recurrenceOf(pairs, ["days1", "days2", "days12"]),
    },
    days90: {
      outcomes: outcomesOf(sums, size, { definition: "days90", sum: "days90", sumsq: "days90" }),
      recurrence: recurrenceOf(pairs, ["days90_1", "days90_2", "days90_12"]),
    },
    matchedRows: numbersByKey(sums, "matched_rows", size),
    history: ARMS.map((arm) =>
      historyOf(
        arm,
        found.find((row) => row.arm === arm),
      ),
    ),
  };
}

const TABLES = [RISK.placebo, PATTERNS.placebo, PATTERNS.placebo_recurrence, PATTERNS.placebo_populations] as const;
const ARMS = ["participants", "controls", "both"] as const;
/** Months after the index date at which the placebo's months begin. */
const AFTER = -24;

function outcomesOf(table: Table, size: number, of: { definition: string; sum: string; sumsq: string }): Outcomes {
  return {
    definition: of.definition,
    after: AFTER,
    rows: numbersByKey(table, "rows", size),
    sum: numbersByKey(table, of.sum, size),
    sumsq: numbersByKey(table, of.sumsq, size),
  };
}

function recurrenceOf(table: Table, [sum1, sum2, sum12]: readonly [string, string, string]): Recurrence {
  return {
    key1: integersOf(table, "key1"),
    key2: integersOf(table, "key2"),
    rows: numbersOf(table, "rows"),
    sum1: numbersOf(table, sum1),
    sum2: numbersOf(table, sum2),
    sum12: numbersOf(table, sum12),
  };
}

function historyOf(arm: ObservedHistory["arm"], row: SqlRow | undefined): ObservedHistory {
  const count = (name: string): number => Number(row?.[name] ?? 0);
  const [rows, observedRows] = [count("rows"), count("observed_rows")];
  return {
    arm,
    rows,
    persons: count("persons"),
    observedRows,
    observedPersons: count("observed_persons"),
    personsWorked: count("persons_worked"),
  };
}
