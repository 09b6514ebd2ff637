import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import { quoteText, type SqlEngine } from "../engine/engine.ts";
import { type ArmCounts, designCounts, type MatchedDesign } from "../evaluate/design.ts";
import type { MatchedPairs } from "../evaluate/nearest-pairs.ts";
import type { Patterns, Recurrence } from "../evaluate/patterns.ts";
import { UserError } from "../user-error.ts";

type Unit = "pattern" | "person";

/** Lays a match beside the rows of the file: `flat.keyed` and `flat.weights`. Needs `flat.persons` as a table. */
export async function layWeights(engine: SqlEngine, design: MatchedDesign, unit: Unit): Promise<void> {
  await engine.build(sqlOf(FLAT.weights), FLAT.weights.grain, {
    weights: design.weights.join(","),
    strata: design.stratum.join(","),
  });
  const { text } = sqlOf(unit === "person" ? FLAT.keyed_singles : FLAT.keyed);
  await engine.build({ name: "flat.keyed", text }, FLAT.keyed.grain);
}

/**
 * Where an id has several rows: pairs of its rows by pattern, and distinct persons by arm; `both` counts those in
 * either.
 */
export interface Recurring {
  readonly recurrence: Recurrence;
  readonly persons: { readonly both: number } & ArmCounts;
}

/** Whether several rows have the same id. */
export async function idsRecur(engine: SqlEngine): Promise<boolean> {
  const [repeats] = await engine.rows(sqlOf(FLAT.repeats));
  return Number(repeats?.rows) !== Number(repeats?.persons);
}

/** Pairs of matched rows that share an id, and the distinct ids among matched rows; needs weights laid. */
export async function recurringPersons(engine: SqlEngine): Promise<Recurring> {
  const [persons] = await engine.rows(sqlOf(FLAT.persons_matched));
  const pairs = await engine.arrow(sqlOf(FLAT.recurrence));
  const floats = (name: string) => Float64Array.from(pairs.getChild(name) ?? [], Number);
  const recurrence: Recurrence = {
    key1: Int32Array.from(pairs.getChild("key1") ?? [], Number),
    key2: Int32Array.from(pairs.getChild("key2") ?? [], Number),
    rows: floats("rows"),
    sum1: floats("sum1"),
    sum2: floats("sum2"),
    sum12: floats("sum12"),
  };
  return {
    recurrence,
    persons: {
      both: Number(persons?.persons ?? 0),
      treated: Number(persons?.treated ?? 0),
      control: Number(persons?.control ?? 0),
    },
  };
}

interface WeightsFile {
  readonly file: string;
  readonly patterns: Patterns;
  readonly design: MatchedDesign;
  /** The words for each pattern's stratum. */
  readonly labels: readonly string[];
  /** Whether the table has an id column; rows are numbered otherwise. */
  readonly ids: boolean;
}

/**
 * Writes id, treated, stratum, weight, one line a row of the table, in its order.
 * Needs weights laid. Weights on MatchIt's scale: matched participants 1, controls (nT_s / nC_s)(NC / NT), unmatched 0.
 * @throws UserError when the file cannot be written
 */
export async function writeWeights(engine: SqlEngine, settings: WeightsFile): Promise<void> {
  const { matched, weight } = designCounts(settings.patterns, settings.design);
  await engine.build(sqlOf(FLAT.labels), FLAT.labels.grain, { labels: JSON.stringify(settings.labels) });
  const scale = weight.control > 0 ? matched.control / weight.control : 0;
  await engine.build(sqlOf(FLAT.weights_file), FLAT.weights_file.grain, { scale, ids: settings.ids });
  await copyTo(engine, "flat.weights_file", settings.file);
}

/** Writes treated_id, control_id, rank, distance, one line a match; rows are numbered where there is no id column. */
export async function writePairs(engine: SqlEngine, file: string, pairs: MatchedPairs, ids: boolean): Promise<void> {
  await engine.build(sqlOf(FLAT.pairs_file), FLAT.pairs_file.grain, {
    treated: pairs.treated.join(","),
    control: pairs.control.join(","),
    rank: pairs.rank.join(","),
    distance: pairs.distance.join(","),
    ids,
  });
  await copyTo(engine, "flat.pairs_file", file);
}

async function copyTo(engine: SqlEngine, table: string, file: string): Promise<void> {
  try {
    await engine.execute({ name: table, text: `copy ${table} to ${quoteText(file)} (format csv, header)` });
  } catch (error) {
    throw new UserError(`${file} cannot be written; is its folder there, and yours to write to?`, { cause: error });
  }
}
