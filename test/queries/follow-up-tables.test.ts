import { describe, expect, test } from "vitest";
import { readFollowUp } from "../../src/cohort/follow-up.ts";
import type { CohortSettings } from "../../src/cohort/settings.ts";
import type { FollowUp } from "../../src/evaluate/follow-up.ts";
import { placementCurves } from "../../src/evaluate/incidence.ts";
import { type Built, programme, register, STUDY, withCohort } from "../support/spec.ts";
import { type StagedTables, trimmed } from "../support/tables.ts";

function readAll({ engine, design }: Built, settings: CohortSettings): Promise<FollowUp> {
  const { size } = design.patterns;
  const keys = Int32Array.from({ length: size }, (_, key) => key);
  return readFollowUp(engine, settings, keys, new Float64Array(size).fill(1));
}

describe("readFollowUp", () => {
  const tables: StagedTables = {
    ...register("P1", "P2", "P3", "P4"),
    ...programme({ P1: "2014-03-10", P2: "2014-05-10" }),
    employment_spells: `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2014-04-20 |            | agency
      actiris  | P2            | 2014-07-20 |            | agency
      actiris  | P3            | 2014-06-20 |            | agency`,
  };

  test("counts rows by pattern, month and cause, and the ordered pairs of rows of one person", () =>
    withCohort(tables, {}, async (built) => {
      await readAll(built, STUDY);
      expect(await built.table("patterns.follow_up", "position, key, follow_up_month, cause, rows")).toBe(
        trimmed(`
        position | key | follow_up_month | cause | rows
        0        | 0   | 2               | 1     | 1
        1        | 1   | 3               | 1     | 1
        2        | 2   | 4               | 1     | 1
        3        | 2   | 5               | 1     | 1
        4        | 2   | 12              | 0     | 1
        5        | 3   | 2               | 1     | 1
        6        | 3   | 12              | 0     | 1`),
      );
      expect(await built.table("patterns.exit_pairs", "exit1, exit2, rows")).toBe(
        trimmed(`
        exit1 | exit2 | rows
        1     | 3     | 1
        2     | 5     | 1
        3     | 1     | 1
        4     | 6     | 1
        5     | 2     | 1
        6     | 4     | 1`),
      );
    }));

  test("gives what the curves take: with everybody followed they are weighted shares placed", () =>
    withCohort(tables, {}, async (built) => {
      const curves = placementCurves(await readAll(built, STUDY), { months: 12 });
      expect(curves.participants.placement[2]?.estimate).toBe(0.5);
      expect(curves.participants.placement[12]?.estimate).toBe(1);
      expect(curves.controls.atRisk[0]).toBe(5);
      expect(curves.controls.placement[12]?.estimate).toBeCloseTo(3 / 5, 12);
      // P3 has two rows, one placed in month 2 and one in month 4; P4 two that never are, P2 one in month 5:
      // the sum of (sum u)^2 over persons with u = (y - 3/5) / 5
      expect(curves.controls.placement[12]?.se).toBeCloseTo(Math.sqrt((0.4 ** 2 + 0.8 ** 2 + 1.2 ** 2) / 25), 12);
    }));

  test("nobody matched, or nobody with two rows, leaves no exits and no pairs", () =>
    withCohort({ ...register("P1"), ...programme({ P1: "2014-03-10" }) }, {}, async ({ engine }) => {
      const one = await readFollowUp(engine, STUDY, [0], Float64Array.of(1));
      expect(one.exits.rows).toEqual(Float64Array.of(1));
      expect(one.recurrence).toBeUndefined();
      const none = await readFollowUp(engine, STUDY, [], Float64Array.of(1));
      expect(none.exits.key).toEqual(Int32Array.of());
      expect(none.arm).toEqual(Uint8Array.of(1));
    }));

  test("refuses several windows at once, none, and weights of another match", () =>
    withCohort({}, {}, async ({ engine }) => {
      const several = [0, 6].map((months) => ({ definition: "days90" as const, after: months }));
      for (const outcomes of [several, []])
        await expect(readFollowUp(engine, { ...STUDY, outcomes }, [], new Float64Array())).rejects.toThrow(
          "one window",
        );
      await expect(readFollowUp(engine, STUDY, [], Float64Array.of(1))).rejects.toThrow("1 weights of 0 patterns");
    }));
});
