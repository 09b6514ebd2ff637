import { type Results, readOutcomes } from "../cohort/results.ts";
import type { CohortSettings } from "../cohort/settings.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { Evaluation } from "../protocol/protocol.ts";
import type { MatchedStudy } from "./impact.ts";

/** Reads outcomes of every match, for the first time: one entry a match, in the same order. */
export async function readStudyOutcomes(
  engine: SqlEngine,
  cohort: CohortSettings,
  { subgroups }: Pick<Evaluation, "subgroups">,
  { matches }: Pick<MatchedStudy, "matches">,
): Promise<readonly Results[]> {
  const read: Results[] = [];
  for (const { definition, after, keys } of matches)
    read.push(await readOutcomes(engine, { ...cohort, outcomes: [{ definition, after }] }, keys, subgroups.by));
  return read;
}
