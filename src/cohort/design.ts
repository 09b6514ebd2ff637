import type { Table } from "apache-arrow";
import type { SqlEngine } from "../engine/engine.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import type { CohortSettings, OutcomeChoice } from "./settings.ts";

/** Mature rows of every pattern, for one outcome; no outcome column was read for it. */
export interface PatternCounts extends OutcomeChoice {
  /** Rows (person-months) a pattern, by key. */
  readonly rows: Float64Array;
  /** Distinct persons a pattern, by key. */
  readonly persons: Float64Array;
  /** Rows whose person starts a duo after the index date and before the window's end, by key. */
  readonly startsLater: Float64Array;
}

/** One line of attrition: in each (outcome, arm), `received` less all that follow it up to `analysed` is `analysed`. */
export interface AttritionRow extends OutcomeChoice {
  readonly arm: "participants" | "controls";
  readonly ordinal: number;
  readonly reason: string;
  /** Duos, then person-months. */
  readonly rows: number;
  readonly persons: number;
}

/** How far an outcome can be known: months (`2016-11`) of the study, null where there is none. */
export interface Maturity extends OutcomeChoice {
  readonly lastMatureMonth: string | null;
  readonly firstImmatureMonth: string | null;
}

export interface Design {
  /** `rows` are those of the first outcome of the settings; `patternsFor` gives another's. */
  readonly patterns: Patterns;
  readonly counts: readonly PatternCounts[];
  readonly attrition: readonly AttritionRow[];
  readonly maturity: readonly Maturity[];
  /** As the engine holds them, for the evaluator's restricted files. */
  readonly tables: { readonly patterns: Table; readonly counts: Table };
}

/** Risk sets, attrition and patterns: all that weights and balance need, built before any outcome is read. */
export async function buildDesign(_engine: SqlEngine, _settings: CohortSettings): Promise<Design> {
  throw new Error("the queries of the design are not in place yet");
}

/** The patterns with the mature rows of one outcome; a pattern that is mature for another outcome only has 0 rows. */
export function patternsFor(design: Design, outcome: OutcomeChoice): Patterns {
  const counts = design.counts.find((c) => c.definition === outcome.definition && c.after === outcome.after);
  if (counts === undefined) throw new Error(`no counts of ${outcome.definition} after ${outcome.after} months`);
  return { ...design.patterns, rows: counts.rows };
}
