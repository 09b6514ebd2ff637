import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import { quoteText, type SqlEngine } from "../engine/engine.ts";
import { type ArmCounts, designCounts, type MatchedDesign } from "../evaluate/design.ts";
import type { Patterns, Recurrence } from "../evaluate/patterns.ts";
import { UserError } from "../user-error.ts";
import { MISSING } from "./patterns.ts";

/** Lays a match beside the rows of the file: `flat.keyed` and `flat.weights`. Needs `flat.persons` as a table. */
export async function layWeights(engine: SqlEngine, design: MatchedDesign): Promise<void> {
  await engine.build(sqlOf(FLAT.weights), FLAT.weights.grain, {
    weights: design.weights.join(","),
    strata: design.stratum.join(","),
  });
  await engine.build(sqlOf(FLAT.keyed), FLAT.keyed.grain);
}

export interface Recurring {
  readonly recurrence: Recurrence;
  readonly persons: { readonly both: number } & ArmCounts;
}

/** Pairs of matched rows that share an id, and the distinct ids among matched rows; undefined where no id recurs. */
export async function recurringPersons(engine: SqlEngine, design: MatchedDesign): Promise<Recurring | undefined> {
  const [repeats] = await engine.rows(sqlOf(FLAT.repeats));
  if (Number(repeats?.rows) === Number(repeats?.persons)) return undefined;
  await layWeights(engine, design);
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

export interface WeightsFile {
  readonly file: string;
  readonly patterns: Patterns;
  readonly design: MatchedDesign;
  /** Positions of the exactly matched covariates: their values, joined by |, name the stratum. */
  readonly exact: readonly number[];
  /** Whether the table has an id column; rows are numbered otherwise. */
  readonly ids: boolean;
}

/**
 * Writes id, treated, stratum, weight, one line a row of the table, in its order.
 * Weights on MatchIt's scale: matched participants 1, controls (nT_s / nC_s)(NC / NT), unmatched 0.
 * @throws UserError when the file cannot be written
 */
export async function writeWeights(
  engine: SqlEngine,
  { file, patterns, design, exact, ids }: WeightsFile,
): Promise<void> {
  const { matched, weight } = designCounts(patterns, design);
  await layWeights(engine, design);
  const values = exact.map((i) => {
    const text = `regexp_replace(cast(c${i + 1} as varchar), '\\.0$', '')`;
    return `case when ${text} = '' then '${MISSING}' else ${text} end`;
  });
  await engine.build(
    {
      name: "flat.labels",
      text: `select cast(rowid as bigint) as key, concat_ws('|', ${["''", ...values].slice(values.length > 0 ? 1 : 0).join(", ")}) as label from flat.grouped`,
    },
    ["key"],
  );
  const scale = weight.control > 0 ? matched.control / weight.control : 0;
  await engine.build(sqlOf(FLAT.weights_file), FLAT.weights_file.grain, { scale, ids });
  try {
    await engine.execute({
      name: "flat.weights_file",
      text: `copy flat.weights_file to ${quoteText(file)} (format csv, header)`,
    });
  } catch (error) {
    throw new UserError(`${file} cannot be written; is its folder there, and yours to write to?`, { cause: error });
  }
}
