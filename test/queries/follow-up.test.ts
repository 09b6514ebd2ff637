import { describe, expect, test } from "vitest";
import { EXIT_CAUSES, readFollowUp } from "../../src/cohort/follow-up.ts";
import type { CohortSettings } from "../../src/cohort/settings.ts";
import type { FollowUp } from "../../src/evaluate/follow-up.ts";
import { type Built, programme, register, STUDY, withCohort } from "../support/spec.ts";
import { type StagedTables, trimmed } from "../support/tables.ts";

type Changes = Partial<CohortSettings> & { employment?: string; spells?: string };

/** Persons who all start on one day and are all matched, with weight 1; the columns are those of the rows' leaving. */
async function followed(startedOn: string, expected: string, changes: Changes): Promise<void> {
  const { employment = "", spells, ...settings } = changes;
  const known = [...new Set(`P1 ${employment} ${spells ?? ""}`.match(/P\d/g))].sort();
  const tables: StagedTables = {
    ...register(...known),
    ...programme(Object.fromEntries(known.map((number) => [number, startedOn]))),
    employment_spells: employment,
    ...(spells === undefined ? {} : { jobseeker_spells: spells }),
  };
  await withCohort(tables, settings, async (built) => {
    await readAll(built, { ...STUDY, ...settings });
    expect(await built.table("risk.follow_up", "person_key, follow_up_month, cause")).toBe(trimmed(expected));
  });
}

function readAll({ engine, design }: Built, settings: CohortSettings): Promise<FollowUp> {
  const { size } = design.patterns;
  const keys = Int32Array.from({ length: size }, (_, key) => key);
  return readFollowUp(engine, settings, keys, new Float64Array(size).fill(1));
}

const after = (months: number) => ({ outcomes: [{ definition: "days90" as const, after: months }] });

describe("placement", () => {
  test("is the first day in work: the day before a month's boundary belongs to the month that ends, the boundary to the next", () =>
    followed(
      "2014-03-10",
      `
      person_key | follow_up_month | cause
      1          | 1               | 1
      2          | 1               | 1
      3          | 2               | 1
      4          | 12              | 1
      5          | 12              | 0
      6          | 12              | 0
      7          | 3               | 1
      8          | 12              | 0`,
      {
        employment: `
        register | person_number | from_on    | to_on      | contract
        actiris  | P1            | 2014-03-11 | 2014-03-11 | agency
        actiris  | P2            | 2014-04-09 |            | permanent
        actiris  | P3            | 2014-04-10 | 2014-04-10 | agency
        actiris  | P4            | 2015-03-09 | 2015-03-09 | agency
        actiris  | P5            | 2015-03-10 |            | permanent
        actiris  | P6            | 2014-01-01 | 2014-03-09 | agency
        actiris  | P7            | 2014-09-01 | 2014-12-31 | agency
        actiris  | P7            | 2014-05-20 | 2014-05-25 | agency
        actiris  | P7            | 2014-05-20 | 2014-05-25 | agency
        actiris  | P8            |            | 2014-12-31 | agency
        actiris  | P8            | 2014-05-01 | 2014-08-31 | student`,
      },
    ));

  test("boundaries are clamped to the month's end: a start on 31 January comes to month 2 on 28 February", () =>
    followed(
      "2014-01-31",
      `
      person_key | follow_up_month | cause
      1          | 1               | 1
      2          | 2               | 1
      3          | 2               | 1
      4          | 3               | 1
      5          | 12              | 1
      6          | 12              | 0`,
      {
        employment: `
        register | person_number | from_on    | to_on      | contract
        actiris  | P1            | 2014-02-27 | 2014-02-27 | agency
        actiris  | P2            | 2014-02-28 | 2014-02-28 | agency
        actiris  | P3            | 2014-03-30 | 2014-03-30 | agency
        actiris  | P4            | 2014-03-31 | 2014-03-31 | agency
        actiris  | P5            | 2015-01-30 | 2015-01-30 | agency
        actiris  | P6            | 2015-01-31 | 2015-01-31 | agency`,
      },
    ));

  test("with a window after six months work under way as it opens places in month 1, and no month is the thirteenth", () =>
    followed(
      "2014-08-31",
      `
      person_key | follow_up_month | cause
      1          | 1               | 1
      2          | 12              | 0
      3          | 1               | 1
      4          | 12              | 1
      5          | 12              | 0
      6          | 2               | 1`,
      {
        ...after(6),
        employment: `
        register | person_number | from_on    | to_on      | contract
        actiris  | P1            | 2014-11-01 | 2015-02-28 | permanent
        actiris  | P2            | 2014-11-01 | 2015-02-27 | permanent
        actiris  | P3            | 2015-03-30 |            | permanent
        actiris  | P4            | 2016-02-28 |            | permanent
        actiris  | P5            | 2016-02-29 |            | permanent
        actiris  | P6            | 2015-03-31 |            | permanent`,
      },
    ));
});

describe("other exits", () => {
  test("leave on the last day registered, each with its own cause; work, training, other and no exit don't leave", () =>
    followed(
      "2014-03-10",
      `
      person_key | follow_up_month | cause
      1          | 1               | 2
      2          | 2               | 3
      3          | 12              | 4
      4          | 12              | 0
      5          | 12              | 0
      6          | 12              | 0
      7          | 12              | 0
      8          | 12              | 0`,
      {
        spells: `
        register | person_number | from_on    | to_on      | exit
        actiris  | P1            | 2013-01-01 | 2014-03-10 | died
        actiris  | P2            | 2013-01-01 | 2014-04-10 | deregistered
        actiris  | P3            | 2013-01-01 | 2015-03-09 | emigrated
        actiris  | P4            | 2013-01-01 | 2015-03-10 | died
        actiris  | P5            | 2013-01-01 | 2014-04-10 | work
        actiris  | P6            | 2013-01-01 | 2014-04-10 | training
        actiris  | P7            | 2013-01-01 | 2014-04-10 | other
        actiris  | P8            | 2013-01-01 | 2014-04-10 |`,
      },
    ));

  test("don't count where the person is registered or employed again inside the window; who was placed before leaves as placed", () =>
    followed(
      "2014-03-10",
      `
      person_key | follow_up_month | cause
      1          | 12              | 0
      2          | 8               | 1
      3          | 2               | 1
      4          | 12              | 0
      5          | 3               | 3
      6          | 3               | 3
      7          | 3               | 1
      8          | 3               | 3
      9          | 12              | 0`,
      {
        spells: `
        register | person_number | from_on    | to_on      | exit
        actiris  | P1            | 2013-01-01 | 2014-05-20 | deregistered
        actiris  | P1            | 2015-03-09 |            |
        actiris  | P2            | 2013-01-01 | 2014-05-20 | deregistered
        actiris  | P3            | 2013-01-01 | 2014-05-20 | deregistered
        actiris  | P4            | 2013-01-01 | 2014-05-20 | emigrated
        actiris  | P5            | 2013-01-01 | 2014-05-20 | deregistered
        actiris  | P5            | 2015-03-10 |            |
        actiris  | P6            | 2013-01-01 | 2014-05-20 | deregistered
        actiris  | P6            | 2013-01-01 | 2014-05-20 | deregistered
        actiris  | P6            | 2013-06-01 | 2014-04-20 | died
        actiris  | P7            | 2013-01-01 | 2014-05-20 | died
        actiris  | P8            | 2013-01-01 | 2014-05-20 | deregistered
        actiris  | P9            | 2013-01-01 | 2014-05-20 | deregistered`,
        employment: `
        register | person_number | from_on    | to_on      | contract
        actiris  | P2            | 2014-10-20 |            | permanent
        actiris  | P3            | 2014-04-20 | 2014-04-25 | agency
        actiris  | P4            | 2014-07-01 | 2014-07-31 | student
        actiris  | P5            | 2015-03-10 |            | permanent
        actiris  | P7            | 2014-05-20 | 2014-05-20 | agency
        actiris  | P8            | 2014-05-01 | 2014-05-20 | student
        actiris  | P9            | 2014-05-01 | 2014-05-21 | student`,
      },
    ));

  test("before a later window opens are of month 0", () =>
    followed(
      "2014-03-10",
      `
      person_key | follow_up_month | cause
      1          | 0               | 4
      2          | 1               | 4
      3          | 12              | 0`,
      {
        ...after(6),
        spells: `
        register | person_number | from_on    | to_on      | exit
        actiris  | P1            | 2013-01-01 | 2014-09-09 | emigrated
        actiris  | P2            | 2013-01-01 | 2014-09-10 | emigrated
        actiris  | P3            | 2013-01-01 | 2014-09-09 | emigrated
        actiris  | P3            | 2014-12-01 | 2014-12-31 | work`,
      },
    ));

  test("have the codes that the curves are told", () => {
    expect(EXIT_CAUSES).toEqual({ died: 2, deregistered: 3, emigrated: 4 });
  });
});

describe("the register's reach", () => {
  const employment = `
    register | person_number | from_on    | to_on | contract
    actiris  | P1            | 2014-12-09 |       | agency
    actiris  | P2            | 2014-12-10 |       | agency
    actiris  | P3            | 2015-03-11 |       | agency`;
  /** Patterns that were matched while all was mature, followed in an earlier extraction. */
  const reach = (extraction: string, reportingLagMonths: number, expected: string) =>
    withCohort(
      {
        ...register("P1", "P2", "P3"),
        ...programme({ P1: "2014-03-10", P2: "2014-03-10", P3: "2014-03-10" }),
        employment_spells: employment,
      },
      {},
      async (built) => {
        await readAll(built, { ...STUDY, extraction, reportingLagMonths });
        expect(await built.table("risk.follow_up", "person_key, follow_up_month, cause")).toBe(trimmed(expected));
      },
    );

  test("censors after the last whole month known: the boundary plus the lag lies on the extraction date", () =>
    reach(
      "2015-02-10",
      2,
      `
      person_key | follow_up_month | cause
      1          | 9               | 1
      2          | 9               | 0
      3          | 9               | 0`,
    ));

  test("a day less and the month isn't known; before the window opens nothing is", async () => {
    await reach(
      "2015-02-09",
      2,
      `
      person_key | follow_up_month | cause
      1          | 8               | 0
      2          | 8               | 0
      3          | 8               | 0`,
    );
    await reach(
      "2014-03-01",
      0,
      `
      person_key | follow_up_month | cause
      1          | 0               | 0
      2          | 0               | 0
      3          | 0               | 0`,
    );
  });
});
