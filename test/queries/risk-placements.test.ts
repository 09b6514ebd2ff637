import { describe, expect, test } from "vitest";
import type { CohortSettings } from "../../src/cohort/settings.ts";
import { programme, register, withCohort } from "../support/spec.ts";
import { type StagedTables, trimmed } from "../support/tables.ts";

/** Persons who all start on one day, with the given employment; the columns are those of the placements of one outcome. */
async function placements(
  startedOn: string,
  employment: string,
  expected: string,
  changes: Partial<CohortSettings> & { spells?: string } = {},
): Promise<void> {
  const { spells, ...settings } = changes;
  const known = [...new Set(`P1 ${employment} ${spells ?? ""}`.match(/P\d/g))].sort();
  const tables: StagedTables = {
    ...register(...known),
    ...programme(Object.fromEntries(known.map((number) => [number, startedOn]))),
    employment_spells: employment,
    ...(spells === undefined ? {} : { jobseeker_spells: spells }),
  };
  await withCohort(tables, settings, async ({ table }) => {
    const columns = (trimmed(expected).split("\n")[0] ?? "").replaceAll(" | ", ", ");
    expect(await table("risk.placements", columns, "mature")).toBe(trimmed(expected));
  });
}

const only = (definition: CohortSettings["outcomes"][number]["definition"], after = 0) => ({
  outcomes: [{ definition, after }],
});

describe("days90", () => {
  test("90 distinct days in [start, start + 12 months) place; 89 don't; days outside and counted twice don't help", () =>
    placements(
      "2014-03-10",
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2014-04-01 | 2014-06-29 | agency
      actiris  | P2            | 2014-04-01 | 2014-06-28 | agency
      actiris  | P2            | 2014-04-10 | 2014-06-20 | permanent
      actiris  | P2            | 2014-08-01 | 2014-12-31 | student
      actiris  | P2            | 2015-03-10 | 2015-12-31 | agency
      actiris  | P3            | 2014-04-01 | 2014-06-28 | agency
      actiris  | P3            | 2015-03-09 | 2015-03-09 | agency
      actiris  | P4            | 2014-12-10 |            | permanent
      actiris  | P5            | 2014-12-11 |            | permanent`,
      `
      person_key | y
      1          | 1
      2          | 0
      3          | 1
      4          | 1
      5          | 0`,
    ));

  test("after six months the window opens on the clamped day: 31 August + 6 months is 28 February", () =>
    placements(
      "2014-08-31",
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2015-02-28 | 2015-05-28 | agency
      actiris  | P2            | 2015-02-27 | 2015-05-27 | agency
      actiris  | P3            | 2014-09-01 | 2015-02-27 | agency
      actiris  | P4            | 2015-12-02 | 2016-02-29 | agency
      actiris  | P5            | 2015-12-01 | 2016-02-28 | agency`,
      `
      person_key | after | y
      1          | 6     | 1
      2          | 6     | 0
      3          | 6     | 0
      4          | 6     | 0
      5          | 6     | 1`,
      only("days90", 6),
    ));
});

describe("at12", () => {
  test("asks for work on the last day of the window, the day before the anniversary", () =>
    placements(
      "2014-03-10",
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2015-03-09 | 2015-03-09 | agency
      actiris  | P2            | 2015-03-10 |            | agency
      actiris  | P3            | 2014-05-01 | 2015-03-08 | agency
      actiris  | P4            | 2014-05-01 |            | agency
      actiris  | P5            | 2015-03-01 |            | student`,
      `
      person_key | y
      1          | 1
      2          | 0
      3          | 0
      4          | 1
      5          | 0`,
      only("at12"),
    ));

  test("a start on 29 February closes on 28 February, so its last day is the 27th", () =>
    placements(
      "2016-02-29",
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2017-02-27 | 2017-02-27 | agency
      actiris  | P2            | 2017-02-28 | 2017-02-28 | agency`,
      `
      person_key | y
      1          | 1
      2          | 0`,
      only("at12"),
    ));
});

describe("contract3m and sustained6m", () => {
  const contracts = `
      register | person_number | from_on    | to_on      | contract   | contract_months
      actiris  | P1            | 2014-03-11 | 2014-03-12 | permanent  |
      actiris  | P2            | 2014-03-11 | 2014-03-20 | fixed_term | 3
      actiris  | P3            | 2014-03-11 | 2014-12-31 | fixed_term | 2
      actiris  | P4            | 2014-03-31 | 2014-06-29 | fixed_term |
      actiris  | P5            | 2014-03-31 | 2014-06-28 | fixed_term |
      actiris  | P6            | 2014-01-01 | 2014-01-31 | permanent  | 12
      actiris  | P6            | 2015-03-10 |            | permanent  | 12
      actiris  | P7            | 2014-06-01 |            | student    | 12
      actiris  | P8            | 2015-03-09 |            | permanent  | 12`;

  test("contractual length is the contract's, and the days between only where it is silent", () =>
    placements(
      "2014-03-10",
      contracts,
      `
      person_key | y
      1          | 1
      2          | 1
      3          | 0
      4          | 1
      5          | 0
      6          | 0
      7          | 0
      8          | 1`,
      only("contract3m"),
    ));

  test("a running contract without a length, too young at the extraction to show one, is not known; no other is", () =>
    placements(
      "2014-03-10",
      `
      register | person_number | from_on    | to_on      | contract   | contract_months
      actiris  | P1            | 2015-02-01 |            | fixed_term |
      actiris  | P2            | 2015-01-01 |            | fixed_term |
      actiris  | P3            | 2015-02-01 | 2015-03-05 | fixed_term |
      actiris  | P4            | 2015-02-01 |            | fixed_term | 2
      actiris  | P5            | 2015-02-01 |            | permanent  |
      actiris  | P6            | 2015-02-01 |            | fixed_term |
      actiris  | P6            | 2014-06-01 | 2014-12-01 | fixed_term | 6`,
      `
      person_key | y | unknown
      1          | 0 | 1
      2          | 1 | 0
      3          | 0 | 0
      4          | 0 | 0
      5          | 1 | 0
      6          | 1 | 0`,
      { ...only("contract3m"), extraction: "2015-03-31" },
    ));

  test("observed length is the time from first to last day, to the extraction where the spell is open", () =>
    placements(
      "2014-03-10",
      contracts,
      `
      person_key | y
      1          | 0
      2          | 0
      3          | 1
      4          | 1
      5          | 0
      6          | 0
      7          | 0
      8          | 1`,
      { ...only("contract3m"), contractLength: "observed" },
    ));

  test("with a later window a job begun since the index day counts if it is in force in the window", () =>
    placements(
      "2014-03-10",
      `
      register | person_number | from_on    | to_on      | contract   | contract_months
      actiris  | P1            | 2014-06-01 | 2014-09-10 | fixed_term | 3
      actiris  | P2            | 2014-06-01 | 2014-09-09 | fixed_term | 3
      actiris  | P3            | 2015-09-09 | 2015-09-20 | permanent  |
      actiris  | P4            | 2015-09-10 |            | permanent  |
      actiris  | P5            | 2014-03-11 |            | permanent  |`,
      `
      person_key | y
      1          | 1
      2          | 0
      3          | 1
      4          | 0
      5          | 1`,
      only("contract3m", 6),
    ));

  test("sustained6m asks one spell of six months: two that touch don't add up", () =>
    placements(
      "2014-03-10",
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2014-08-31 | 2015-02-27 | agency
      actiris  | P2            | 2014-08-31 | 2015-02-26 | agency
      actiris  | P3            | 2014-04-01 | 2014-06-30 | agency
      actiris  | P3            | 2014-07-01 | 2014-12-31 | agency
      actiris  | P4            | 2014-04-01 | 2014-06-30 | agency
      actiris  | P4            | 2014-07-01 | 2014-12-30 | agency`,
      `
      person_key | y
      1          | 1
      2          | 0
      3          | 1
      4          | 0`,
      only("sustained6m"),
    ));
});

describe("unknown follow-up", () => {
  test("a last registration that ends in death or emigration inside the window is unknown unless work is seen after it", () =>
    placements(
      "2014-03-10",
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P4            | 2014-07-01 | 2014-07-01 | student
      actiris  | P5            | 2014-04-01 | 2014-06-30 | agency
      actiris  | P6            | 2015-03-10 |            | agency`,
      `
      person_key | y | unknown
      1          | 0 | 1
      2          | 0 | 0
      3          | 0 | 0
      4          | 0 | 0
      5          | 1 | 1
      6          | 0 | 1
      7          | 0 | 0
      8          | 0 | 0
      9          | 0 | 0`,
      {
        spells: `
      register | person_number | from_on    | to_on      | exit
      actiris  | P1            | 2014-01-01 | 2014-06-30 | died
      actiris  | P2            | 2014-01-01 | 2014-06-30 | work
      actiris  | P3            | 2014-01-01 | 2014-06-30 | emigrated
      actiris  | P3            | 2015-01-01 |            |
      actiris  | P4            | 2014-01-01 | 2014-06-30 | emigrated
      actiris  | P5            | 2014-01-01 | 2014-06-30 | emigrated
      actiris  | P6            | 2014-01-01 | 2015-03-09 | emigrated
      actiris  | P7            | 2014-01-01 | 2015-03-10 | emigrated
      actiris  | P8            | 2014-01-01 |            |
      actiris  | P9            | 2014-01-01 | 2014-06-30 | emigrated
      actiris  | P9            | 2014-02-01 | 2014-06-30 | work`,
      },
    ));
});
