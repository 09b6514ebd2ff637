import type { Table } from "apache-arrow";
import { sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { RISK } from "../catalogue/risk.ts";
import type { NamedSql, SqlEngine, SqlRow } from "../engine/engine.ts";
import type { Outcomes, Recurrence } from "../evaluate/patterns.ts";
import { integersOf, numbersOf } from "./columns.ts";
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

/** Pairs of matched rows of one person, with their outcomes; by the keys of both patterns. */
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

/**
 * Outcomes, read after weights were fixed; arrays are by the pattern's key. `tables` hold the same as the engine does,
 * for the evaluator's restricted files.
 */
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
  await buildPlacements(engine, settings, matchedKeys, subgroups);
  for (const entry of [PATTERNS.outcomes, PATTERNS.recurrence, PATTERNS.populations])
    await engine.build(sqlOf(entry), entry.grain);
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

/** One outcome of patterns, as sums and as pairs of rows. */
export interface OneOutcome {
  readonly outcomes: OutcomeSums;
  readonly recurrence: Recurrence;
}

/**
 * The first outcome of the settings as `readOutcomes` gives it, without the tables and populations: read once for all that
 * ask for it of these patterns or of some of them. Pairs of rows, which are many, come as numbers right from their query.
 */
export async function readOneOutcome(
  engine: SqlEngine,
  settings: CohortSettings,
  matchedKeys: Iterable<number>,
): Promise<OneOutcome> {
  const one = { ...settings, outcomes: settings.outcomes.slice(0, 1) };
  await buildPlacements(engine, one, matchedKeys, []);
  await engine.build(sqlOf(PATTERNS.outcomes), PATTERNS.outcomes.grain);
  const table = await engine.arrow(tableOf(PATTERNS.outcomes));
  const [outcomes] = outcomesOf(table, await patternCount(engine), one.outcomes);
  if (outcomes === undefined) throw new RangeError("no outcome was asked for");
  const pairs = await engine.arrow(pairsInOrder());
  return {
    outcomes,
    recurrence: {
      key1: integersOf(pairs, "key1"),
      key2: integersOf(pairs, "key2"),
      rows: numbersOf(pairs, "rows"),
      sum1: numbersOf(pairs, "sum1"),
      sum2: numbersOf(pairs, "sum2"),
      sum12: numbersOf(pairs, "sum12"),
    },
  };
}

/** Distinct persons, and those placed in at least one of their rows. */
export type ArmPopulation = Pick<Population, "persons" | "personsPlaced">;

/** By arm, of the patterns that `patterns.matched` holds and of the outcome that `readOneOutcome` read last. */
export async function matchedPersons(engine: SqlEngine): Promise<Readonly<Record<Population["arm"], ArmPopulation>>> {
  const { name, text } = sqlOf(PATTERNS.matched_persons);
  const rows = await engine.rows({ name, text: `select * from (\n${text}) order by arm` });
  const of = (arm: Population["arm"]): ArmPopulation => {
    const row = rows.find((each) => each.arm === arm);
    return { persons: Number(row?.persons ?? 0), personsPlaced: Number(row?.persons_placed ?? 0) };
  };
  return { participants: of("participants"), controls: of("controls"), both: of("both") };
}

async function buildPlacements(
  engine: SqlEngine,
  settings: CohortSettings,
  matchedKeys: Iterable<number>,
  subgroups: readonly CovariateName[],
): Promise<void> {
  await loadSettings(engine, settings, subgroups);
  await engine.load("patterns.matched", { key: Int32Array.from(matchedKeys) });
  await engine.build(sqlOf(RISK.placements), RISK.placements.grain, cohortParameters(settings));
}

/** Pairs of the one outcome that was read, in the order of the built table. */
function pairsInOrder(): NamedSql {
  const { name, text } = sqlOf(PATTERNS.recurrence);
  const counts = ["rows", "sum1", "sum2", "sum12"].map((column) => `cast(${column} as double) as ${column}`);
  return { name, text: `select key1, key2, ${counts.join(", ")} from (\n${text}) order by key1, key2` };
}

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
