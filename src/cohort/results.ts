import type { Table } from "apache-arrow";
import type { SqlEngine } from "../engine/engine.ts";
import type { Outcomes, Recurrence } from "../evaluate/patterns.ts";
import type { CohortSettings, CovariateName, OutcomeChoice } from "./settings.ts";

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
  _engine: SqlEngine,
  _settings: CohortSettings,
  _matchedKeys: Iterable<number>,
  _subgroups: readonly CovariateName[],
): Promise<Results> {
  throw new Error("the queries of the outcomes are not in place yet");
}
