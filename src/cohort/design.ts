import { createHash } from "node:crypto";
import type { Table } from "apache-arrow";
import { sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { RISK } from "../catalogue/risk.ts";
import type { SqlEngine, SqlRow } from "../engine/engine.ts";
import type { Patterns } from "../evaluate/patterns.ts";
import { type CohortSettings, definitionOf, type OutcomeChoice } from "./settings.ts";
import { cohortParameters, loadSettings, settingsKeys } from "./settings-tables.ts";
import { countsOf, patternsOf } from "./tables.ts";

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
interface Maturity extends OutcomeChoice {
  readonly lastMatureMonth: string | null;
  readonly firstImmatureMonth: string | null;
}

/**
 * All that weights and balance are made from: no outcome has been read. Arrays of `patterns` and `counts` are by the
 * pattern's key, `counts` has one entry an outcome.
 */
export interface Design {
  /** `rows` are those of the first outcome of the settings; `patternsFor` gives another's. */
  readonly patterns: Patterns;
  readonly counts: readonly PatternCounts[];
  readonly attrition: readonly AttritionRow[];
  readonly maturity: readonly Maturity[];
  /** As the engine holds them, for the evaluator's restricted files. */
  readonly tables: { readonly patterns: Table; readonly counts: Table };
  /** What each of the design's tables in the engine was made of. */
  readonly built: Built;
}

/** Told how many of a long step's parts are done. */
type Advanced = (done: number, all: number) => void;

/** Content keys of tables by name: the same key, the same rows. */
type Built = ReadonlyMap<string, string>;

const DESIGN = [
  RISK.persons,
  RISK.registered_spells,
  RISK.employment_spells,
  RISK.merged_employment,
  RISK.duos,
  RISK.first_starts,
  RISK.start_days,
  RISK.index_months,
  RISK.maturity,
  RISK.candidates,
  RISK.tested,
  RISK.person_months,
  RISK.attrition,
  PATTERNS.patterns,
  PATTERNS.keyed,
  PATTERNS.counts,
] as const;

/**
 * Risk sets, attrition and patterns: all that weights and balance need, built before any outcome is read.
 * @param standing what the engine's tables were made of by the design built last: those that would be the same stay
 * @param advanced told after each table
 */
export async function buildDesign(
  engine: SqlEngine,
  settings: CohortSettings,
  standing: Built = new Map(),
  advanced?: Advanced,
): Promise<Design> {
  const [primary] = settings.outcomes;
  if (primary === undefined) throw new RangeError("a cohort needs at least one outcome");
  await loadSettings(engine, settings);
  const built = await buildChanged(engine, settings, standing, advanced);
  const tables = {
    patterns: await engine.arrow(tableOf(PATTERNS.patterns)),
    counts: await engine.arrow(tableOf(PATTERNS.counts)),
  };
  const counts = countsOf(tables.counts, tables.patterns.numRows, settings.outcomes);
  return {
    patterns: patternsOf(tables.patterns, counts[0]?.rows ?? new Float64Array()),
    counts,
    attrition: (await engine.rows(tableOf(RISK.attrition))).map(attritionRow),
    maturity: maturityOf(await engine.rows(tableOf(RISK.maturity)), settings.outcomes),
    tables,
    built,
  };
}

/** Builds the tables whose query, parameters, settings or tables read differ from those that they were made of. */
async function buildChanged(
  engine: SqlEngine,
  settings: CohortSettings,
  standing: Built,
  advanced?: Advanced,
): Promise<Built> {
  const parameters = cohortParameters(settings);
  const keys = new Map(settingsKeys(settings));
  const built = new Map<string, string>();
  for (const entry of DESIGN) {
    const sql = sqlOf(entry);
    const reads = [...new Set(sql.text.match(/\b(?:settings|risk|patterns)\.[a-z_0-9]+/g))];
    const bound = Object.keys(entry.parameters).map((name) => [name, parameters[name]]);
    const made = JSON.stringify([bound, reads.map((name) => [name, keys.get(name)])]);
    const key = createHash("sha256").update(made).digest("hex");
    if (standing.get(entry.name) !== key) await engine.build(sql, entry.grain, parameters);
    keys.set(entry.name, key);
    built.set(entry.name, key);
    advanced?.(built.size, DESIGN.length);
  }
  return built;
}

/** The patterns with the mature rows of one outcome; a pattern that is mature for another outcome only has 0 rows. */
export function patternsFor(design: Design, outcome: OutcomeChoice): Patterns {
  const counts = design.counts.find((c) => c.definition === outcome.definition && c.after === outcome.after);
  if (counts === undefined) throw new Error(`no counts of ${outcome.definition} after ${outcome.after} months`);
  return { ...design.patterns, rows: counts.rows };
}

function attritionRow(row: SqlRow): AttritionRow {
  return {
    definition: definitionOf(String(row.definition)),
    after: Number(row.after),
    arm: row.arm === "participants" ? "participants" : "controls",
    ordinal: Number(row.ordinal),
    reason: String(row.reason),
    rows: Number(row.rows),
    persons: Number(row.persons),
  };
}

function maturityOf(months: readonly SqlRow[], outcomes: readonly OutcomeChoice[]): readonly Maturity[] {
  return outcomes.map(({ definition, after }) => {
    const own = months.filter((month) => month.definition === definition && month.after === after);
    const label = (month: SqlRow | undefined): string | null => (month === undefined ? null : String(month.label));
    return {
      definition,
      after,
      lastMatureMonth: label(own.findLast((month) => month.mature === true)),
      firstImmatureMonth: label(own.find((month) => month.mature === false)),
    };
  });
}
