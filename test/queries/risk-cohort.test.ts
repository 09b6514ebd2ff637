import { describe, expect, test } from "vitest";
import { programme, register, withCohort } from "../support/spec.ts";
import { trimmed } from "../support/tables.ts";

const same = (actual: string, expected: string) => expect(actual).toBe(trimmed(expected));

describe("persons and spells", () => {
  test("persons are numbered over all registers by register and person number, and only the study's are kept", () =>
    withCohort(
      {
        jobseekers: `
          register | person_number | gender | origin
          vdab     | P1            | man    | maghreb
          actiris  | P2            | woman  |
          actiris  | P1            |        | eu`,
      },
      {},
      async ({ table }) =>
        same(
          await table("risk.persons", "person_key, person_number, gender, origin, qualification"),
          `
          person_key | person_number | gender  | origin  | qualification
          1          | P1            | unknown | eu      | unknown
          2          | P2            | woman   | unknown | unknown`,
        ),
    ));

  test("overlapping, nested, touching and repeated employment spells merge; a day's gap and an excluded contract don't", () =>
    withCohort(
      {
        ...register("P1"),
        employment_spells: `
          register | person_number | from_on    | to_on      | contract
          actiris  | P1            | 2014-01-01 | 2014-01-31 | permanent
          actiris  | P1            | 2014-01-05 | 2014-01-10 | agency
          actiris  | P1            | 2014-01-20 | 2014-02-10 |
          actiris  | P1            | 2014-02-11 | 2014-02-28 | agency
          actiris  | P1            | 2014-02-11 | 2014-02-28 | agency
          actiris  | P1            | 2014-03-02 | 2014-03-02 | agency
          actiris  | P1            | 2014-03-01 | 2014-03-01 | student
          actiris  | P1            | 2014-05-01 |            | permanent
          actiris  | P1            | 2014-06-01 | 2014-06-30 | agency
          actiris  | P1            | 2014-09-09 | 2014-09-01 | agency`,
      },
      {},
      async ({ table }) =>
        same(
          await table("risk.merged_employment", "from_on, to_on"),
          `
          from_on    | to_on
          2014-01-01 | 2014-02-28
          2014-03-02 | 2014-03-02
          2014-05-01 | 9999-12-31`,
        ),
    ));
});

describe("duos", () => {
  test("each duo that isn't a participant's first in the study leaves with the first reason that holds", () =>
    withCohort(
      {
        ...register("P1", "P2", "P3", "P5", "P6"),
        branches: "branch_id | region\nB1 | brussels\nB2 | flanders",
        mentees: `
          mentee_id | person_number
          M1 | P1
          M2 | P2
          M2b | P2
          M3 | P3
          M4 | P4
          M4b |
          M5 | P5
          M6 | P6`,
        duos: `
          duo_id | mentee_id | branch_id | started_on
          D1     | M1        | B1        | 2014-03-15
          D1b    | M1        | B1        | 2014-03-15
          D1c    | M1        | B1        |
          D2     | M2        | B1        | 2014-05-02
          D2b    | M2b       | B1        | 2014-05-01
          D3     | M3        | B2        | 2014-05-01
          D3b    | M3        | B1        | 2014-06-01
          D4     | M4        | B1        | 2014-05-01
          D4b    | M4b       | B1        | 2014-05-01
          D5     | M5        | B1        | 2013-12-31
          D6     | M6        | B9        | 2014-01-01`,
      },
      {},
      async ({ table }) =>
        same(
          await table("risk.duos", "duo_id, person_key, first_of_person, reason"),
          `
          duo_id | person_key | first_of_person | reason
          D1     | 1          | true            |
          D1b    | 1          | false           | later_duo
          D1c    | 1          | false           | not_started
          D2     | 2          | false           | same_person
          D2b    | 2          | true            |
          D3     | 3          | true            | other_region
          D3b    | 3          | false           | later_duo
          D4     |            | true            | unlinked
          D4b    |            | true            | unlinked
          D5     | 4          | true            | other_years
          D6     | 5          | true            | other_region`,
        ),
    ));

  test("start days keep their multiplicity and are numbered within the month", () =>
    withCohort(
      {
        ...register("P1", "P2", "P3"),
        ...programme({ P2: "2014-03-01", P1: "2014-03-01", P3: "2014-04-30" }),
      },
      {},
      async ({ table }) => {
        same(
          await table("risk.start_days", "month, ordinal, started_on, person_key"),
          `
          month | ordinal | started_on | person_key
          24170 | 0       | 2014-03-01 | 1
          24170 | 1       | 2014-03-01 | 2
          24171 | 0       | 2014-04-30 | 3`,
        );
        same(
          await table("risk.index_months", "month, position, year, label, first_on, last_on, starts"),
          `
          month | position | year | label   | first_on   | last_on    | starts
          24170 | 0        | 2014 | 2014-03 | 2014-03-01 | 2014-03-31 | 2
          24171 | 1        | 2014 | 2014-04 | 2014-04-01 | 2014-04-30 | 1`,
        );
      },
    ));
});
