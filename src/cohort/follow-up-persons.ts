import { sqlOf, tableOf } from "../catalogue/catalogue.ts";
import { PATTERNS } from "../catalogue/patterns.ts";
import type { SqlEngine } from "../engine/engine.ts";

/** Distinct persons of one arm, and how many are placed for the first time in each month of follow-up. */
export interface FollowUpPersons {
  readonly arm: "participants" | "controls";
  readonly persons: number;
  /** By month, 0 to the last; a person with several rows counts once, in the earliest. */
  readonly placed: readonly number[];
}

/** Counts the persons behind a curve; `readFollowUp` must have built follow-up before. */
export async function readFollowUpPersons(engine: SqlEngine, months: number): Promise<readonly FollowUpPersons[]> {
  await engine.build(sqlOf(PATTERNS.follow_up_persons), PATTERNS.follow_up_persons.grain, {});
  const found = await engine.rows(tableOf(PATTERNS.follow_up_persons));
  return (["participants", "controls"] as const).map((arm) => {
    const own = found.filter((row) => row.arm === arm);
    const placed = Array.from({ length: months + 1 }, (_, month) =>
      Number(own.find((row) => Number(row.follow_up_month) === month)?.placed ?? 0),
    );
    return { arm, persons: Number(own[0]?.persons ?? 0), placed };
  });
}
