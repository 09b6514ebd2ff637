import { describe, expect, test } from "vitest";
import { programme, register, withCohort } from "../support/spec.ts";
import { trimmed } from "../support/tables.ts";

const same = (actual: string, expected: string) => expect(actual).toBe(trimmed(expected));

describe("index days and risk sets", () => {
  test("who starts later is a control before, never in the month of the own start nor after, in any region", () =>
    withCohort(
      {
        ...register("P1", "P2", "P3", "P4"),
        branches: "branch_id | region\nB1 | brussels\nB2 | flanders",
        mentees: "mentee_id | person_number\nM1 | P1\nM2 | P2\nM3 | P3\nM4 | P4",
        duos: `
          duo_id | mentee_id | branch_id | started_on
          D1     | M1        | B1        | 2014-03-10
          D2     | M2        | B1        | 2014-04-10
          D3     | M3        | B1        | 2014-05-10
          D4     | M4        | B2        | 2014-04-30`,
      },
      {},
      async ({ table }) =>
        same(
          await table("risk.person_months", "person_key, arm, index_on"),
          `
          person_key | arm | index_on
          1          | 1   | 2014-03-10
          2          | 0   | 2014-03-10
          2          | 1   | 2014-04-10
          3          | 0   | 2014-03-10
          3          | 0   | 2014-04-10
          3          | 1   | 2014-05-10
          4          | 0   | 2014-03-10`,
        ),
    ));

  test("first-of-month moves the controls' day, never the participants'", () =>
    withCohort(
      { ...register("P1", "P2"), ...programme({ P1: "2014-03-10" }) },
      { index: "first-of-month" },
      async ({ table }) =>
        same(
          await table("risk.person_months", "person_key, arm, index_on"),
          `
          person_key | arm | index_on
          1          | 1   | 2014-03-10
          2          | 0   | 2014-03-01`,
        ),
    ));

  test("registration and work count on their first and last day; an open spell reaches on", () =>
    withCohort(
      {
        ...programme({ P0: "2014-03-10" }),
        jobseekers: register("P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8").jobseekers ?? [],
        jobseeker_spells: `
          register | person_number | from_on    | to_on
          actiris  | P0            | 2014-01-01 |
          actiris  | P1            | 2014-03-10 | 2014-03-10
          actiris  | P2            | 2014-03-11 |
          actiris  | P3            | 2014-01-01 | 2014-03-09
          actiris  | P4            | 2014-01-01 |
          actiris  | P5            | 2014-01-01 |
          actiris  | P6            | 2014-01-01 |
          actiris  | P7            | 2014-01-01 |
          actiris  | P8            | 2014-01-01 |`,
        employment_spells: `
          register | person_number | from_on    | to_on      | contract
          actiris  | P4            | 2014-03-10 | 2014-03-10 | agency
          actiris  | P5            | 2014-03-11 |            | agency
          actiris  | P6            | 2014-03-01 | 2014-03-09 | agency
          actiris  | P7            | 2014-03-01 |            | agency
          actiris  | P8            | 2014-03-01 |            | student`,
      },
      {},
      async ({ table }) =>
        same(
          await table("risk.tested", "person_key, reason"),
          `
          person_key | reason
          1          |
          2          |
          5          | in_work
          6          |
          7          |
          8          | in_work
          9          |`,
        ),
    ));

  test("age is in completed years: the birthday counts, 29 February comes on 1 March, an unknown day of birth is no age", () =>
    withCohort(
      {
        ...register("P0"),
        ...programme({ P0: "2014-02-28" }),
        jobseekers: `
          register | person_number | birth_on   | origin
          actiris  | P0            | 1990-01-01 | maghreb
          actiris  | P1            | 1996-02-28 | maghreb
          actiris  | P2            | 1996-02-29 | maghreb
          actiris  | P3            | 1980-02-28 | maghreb
          actiris  | P4            | 1980-03-01 | maghreb
          actiris  | P5            |            | maghreb
          actiris  | P6            | 1990-01-01 | belgian
          actiris  | P7            | 1990-01-01 |`,
        jobseeker_spells: register("P0", "P1", "P2", "P3", "P4", "P5", "P6", "P7").jobseeker_spells ?? [],
      },
      {},
      async ({ table }) =>
        same(
          await table("risk.tested", "person_key, age, reason"),
          `
          person_key | age | reason
          1          | 24  |
          2          | 18  |
          3          | 17  | age
          4          | 34  | age
          5          | 33  |
          6          |     | age`,
        ),
    ));

  test("controls of another origin, then those not registered on their day, leave without a row, and are counted", () =>
    withCohort(
      {
        ...programme({ P0: "2014-03-10" }),
        jobseekers: `
          register | person_number | birth_on   | origin
          actiris  | P0            | 1990-01-01 | belgian
          actiris  | P1            | 1990-01-01 | belgian
          actiris  | P2            | 1990-01-01 |
          actiris  | P3            | 1990-01-01 | maghreb
          actiris  | P4            | 1990-01-01 | maghreb`,
        jobseeker_spells: `
          register | person_number | from_on    | to_on
          actiris  | P1            | 2014-01-01 |
          actiris  | P3            | 2014-03-01 | 2014-03-09
          actiris  | P4            | 2014-03-01 |`,
      },
      {},
      async ({ table }) => {
        same(
          await table("risk.tested", "person_key, arm, reason"),
          `
          person_key | arm | reason
          1          | 1   | origin
          5          | 0   |`,
        );
        same(
          await table("risk.attrition", "arm, reason, rows, persons"),
          `
          arm          | reason              | rows | persons
          controls     | age                 | 0    | 0
          controls     | already_participant | 1    | 1
          controls     | analysed            | 1    | 1
          controls     | immature            | 0    | 0
          controls     | in_work             | 0    | 0
          controls     | not_drawn           | 0    | 0
          controls     | not_registered      | 1    | 1
          controls     | origin              | 2    | 2
          controls     | received            | 5    | 5
          participants | age                 | 0    | 0
          participants | analysed            | 0    | 0
          participants | immature            | 0    | 0
          participants | in_work             | 0    | 0
          participants | later_duo           | 0    | 0
          participants | not_registered      | 0    | 0
          participants | not_started         | 0    | 0
          participants | origin              | 1    | 1
          participants | other_region        | 0    | 0
          participants | other_years         | 0    | 0
          participants | received            | 1    | 1
          participants | same_person         | 0    | 0
          participants | unlinked            | 0    | 0`,
        );
      },
    ));

  test("reuse once draws each person's month among all index months of the study, at risk in it or not", async () => {
    const numbers = Array.from({ length: 400 }, (_, i) => `P${i}`);
    const { jobseekers = [] } = register("A", "B", "C", ...numbers);
    const spells = ["A", "B", "C", ...numbers].map((person_number) => ({
      register: "actiris",
      person_number,
      from_on: "2013-01-01",
      // everybody but the participants leaves before the second and third month
      to_on: person_number.startsWith("P") ? "2014-03-31" : null,
    }));
    await withCohort(
      {
        ...programme({ A: "2014-03-10", B: "2014-04-10", C: "2014-05-10" }),
        jobseekers,
        jobseeker_spells: spells,
      },
      { reuse: "once" },
      async ({ engine }) => {
        const [row] = await engine.rows({
          name: "risk.person_months",
          text: "select count(*) as n from risk.person_months where arm = 0 and month = 24170",
        });
        // a third of 400 in expectation (402 candidates, SD 9.4); drawing among own months at risk would keep all
        expect(Number(row?.n)).toBeGreaterThan(100);
        expect(Number(row?.n)).toBeLessThan(170);
      },
    );
  });
});

describe("covariates", () => {
  test("bands turn on the day: months registered by the day of the month, months worked by days over 30.4375", () =>
    withCohort(
      {
        ...programme({ P0: "2014-08-31" }),
        jobseekers: register("P0", "P1", "P2", "P3", "P4").jobseekers ?? [],
        jobseeker_spells: `
          register | person_number | from_on    | to_on
          actiris  | P0            | 2014-03-01 |
          actiris  | P1            | 2014-02-28 |
          actiris  | P2            | 2013-08-31 |
          actiris  | P2            | 2014-08-31 |
          actiris  | P3            | 2012-08-31 |
          actiris  | P4            | 2012-09-01 |`,
        employment_spells: `
          register | person_number | from_on    | to_on      | contract
          actiris  | P1            | 2014-01-01 | 2014-01-30 | agency
          actiris  | P2            | 2014-01-01 | 2014-01-31 | agency
          actiris  | P2            | 2012-01-01 | 2012-08-30 | agency
          actiris  | P3            | 2012-01-01 | 2012-08-31 | agency
          actiris  | P3            | 2014-01-01 | 2014-01-30 | agency
          actiris  | P4            | 2013-08-31 | 2014-08-30 | agency`,
      },
      {},
      async ({ table }) =>
        same(
          await table(
            "risk.person_months",
            "person_key, age_band, region, index_month, unemployment_duration, months_worked_24",
          ),
          `
          person_key | age_band | region   | index_month | unemployment_duration | months_worked_24
          1          | 22-25    | brussels | 2014-08     | 0-5                   | 0
          2          | 22-25    | brussels | 2014-08     | 6-11                  | 0
          3          | 22-25    | brussels | 2014-08     | 12-23                 | 1-5
          4          | 22-25    | brussels | 2014-08     | 24+                   | 1-5
          5          | 22-25    | brussels | 2014-08     | 12-23                 | 6-11`,
        ),
    ));
});
