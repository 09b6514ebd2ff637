import { sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import { RISK } from "../catalogue/risk.ts";
import type { SqlEngine } from "../engine/engine.ts";
import type { FollowUp } from "../evaluate/follow-up.ts";
import { integersOf, numbersOf } from "./columns.ts";
import type { CohortSettings } from "./settings.ts";
import { cohortParameters, loadSettings } from "./settings-tables.ts";

/** The causes of `Exits` that are neither 0 (no longer observed) nor 1 (placed), by the register's code of the exit. */
export const EXIT_CAUSES = { died: 2, deregistered: 3, emigrated: 4 } as const;

/**
 * Reads when and why each row of the matched patterns leaves follow-up, as `placementCurves` takes it.
 * Placed: the first day in work inside the window, excluded contracts left out. Another exit: the register's last word
 * on the person in the window is a jobseeker spell that ended so (the rule of unknown follow-up, with deregistration).
 * All others are followed to the window's end, or to the last whole month that the register knows at the extraction
 * less its reporting lag. Month 0 holds those who were gone before the window opened (`after` > 0).
 * @param settings outcomes with one window (`after`) only; throws for none or several
 * @param matchedKeys the keys of the matched patterns, in any order, none twice
 * @param weights weight of one row, by key, one a pattern
 */
export async function readFollowUp(
  engine: SqlEngine,
  settings: CohortSettings,
  matchedKeys: Iterable<number>,
  weights: Float64Array,
): Promise<FollowUp> {
  if (new Set(settings.outcomes.map(({ after }) => after)).size !== 1)
    throw new RangeError("follow-up is read for one window at a time");
  const arm = Uint8Array.from(integersOf(await engine.arrow(tableOf(PATTERNS.patterns)), "arm"));
  if (arm.length !== weights.length) throw new RangeError(`${weights.length} weights of ${arm.length} patterns`);
  await loadSettings(engine, settings);
  await engine.load("patterns.matched", { key: Int32Array.from(matchedKeys) });
  for (const entry of TABLES) await engine.build(sqlOf(entry), entry.grain, cohortParameters(settings));
  const exits = await engine.arrow(tableOf(PATTERNS.follow_up));
  const pairs = await engine.arrow(tableOf(PATTERNS.exit_pairs));
  const followUp = {
    arm,
    weights,
    exits: {
      key: integersOf(exits, "key"),
      month: integersOf(exits, "follow_up_month"),
      cause: Uint8Array.from(integersOf(exits, "cause")),
      rows: numbersOf(exits, "rows"),
    },
  };
  if (pairs.numRows === 0) return followUp;
  const recurrence = {
    exit1: integersOf(pairs, "exit1"),
    exit2: integersOf(pairs, "exit2"),
    rows: numbersOf(pairs, "rows"),
  };
  return { ...followUp, recurrence };
}

const TABLES = [RISK.follow_up, PATTERNS.follow_up, PATTERNS.exit_pairs] as const;
