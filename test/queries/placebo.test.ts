import { describe, expect, test } from "vitest";
import { readPlacebo } from "../../src/cohort/placebo.ts";
import { estimateEffect } from "../../src/evaluate/effect.ts";
import { type Built, programme, register, STUDY, withCohort } from "../support/spec.ts";
import { type StagedTables, trimmed } from "../support/tables.ts";

const readAll = ({ engine, design }: Built) => readPlacebo(engine, STUDY, design.patterns.rows.keys());

/** Persons who all start on one day; registered since 2010 unless spells are given. */
async function history(startedOn: string, expected: string, employment: string, spells?: string): Promise<void> {
  const known = [...new Set(`P1 ${employment} ${spells ?? ""}`.match(/P\d/g))].sort();
  const long = known.map((person_number) => ({ register: "actiris", person_number, from_on: "2010-01-01" }));
  const tables: StagedTables = {
    ...register(...known),
    ...programme(Object.fromEntries(known.map((number) => [number, startedOn]))),
    employment_spells: employment,
    jobseeker_spells: spells ?? long,
  };
  await withCohort(tables, {}, async (built) => {
    await readAll(built);
    expect(await built.table("risk.placebo", "person_key, observed, days, days90")).toBe(trimmed(expected));
  });
}

describe("days worked in months -24 to -13", () => {
  test("count from the day 24 months before to the day before 12 months before, each once, without excluded contracts", () =>
    history(
      "2014-03-10",
      `
      person_key | observed | days | days90
      1          | true     | 0    | 0
      2          | true     | 1    | 0
      3          | true     | 1    | 0
      4          | true     | 0    | 0
      5          | true     | 365  | 1
      6          | true     | 90   | 1
      7          | true     | 89   | 0
      8          | true     | 0    | 0`,
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2012-03-01 | 2012-03-09 | agency
      actiris  | P2            | 2012-03-01 | 2012-03-10 | agency
      actiris  | P3            | 2013-03-09 | 2013-03-20 | agency
      actiris  | P4            | 2013-03-10 | 2013-03-20 | agency
      actiris  | P5            | 2011-01-01 | 2014-03-09 | permanent
      actiris  | P6            | 2012-05-01 | 2012-07-29 | agency
      actiris  | P7            | 2012-05-01 | 2012-07-28 | agency
      actiris  | P7            | 2012-05-01 | 2012-07-28 | agency
      actiris  | P7            | 2012-06-01 | 2012-06-30 | permanent
      actiris  | P7            | 2012-08-01 | 2012-12-31 | student
      actiris  | P8            |            | 2012-12-31 | agency`,
    ));

  test("are clamped like every window: before 29 February 2016 they run from 28 February 2014 to 27 February 2015", () =>
    history(
      "2016-02-29",
      `
      person_key | observed | days | days90
      1          | true     | 1    | 0
      2          | true     | 0    | 0
      3          | true     | 1    | 0
      4          | true     | 0    | 0`,
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2014-02-28 | 2014-02-28 | agency
      actiris  | P2            | 2014-02-27 | 2014-02-27 | agency
      actiris  | P3            | 2015-02-27 | 2015-02-27 | agency
      actiris  | P4            | 2015-02-28 | 2015-02-28 | agency`,
    ));
});

describe("observed history", () => {
  test("begins with the first registration or employment of any contract: on the window's first day it does, a day later not", () =>
    history(
      "2014-03-10",
      `
      person_key | observed | days | days90
      1          | true     | 0    | 0
      2          | false    |      | 
      3          | true     | 1    | 0
      4          | true     | 0    | 0
      5          | false    |      | 
      6          | false    |      | 
      7          | true     | 0    | 0`,
      `
      register | person_number | from_on    | to_on      | contract
      actiris  | P3            | 2012-03-10 | 2012-03-10 | agency
      actiris  | P4            | 2012-03-10 | 2012-03-10 | student
      actiris  | P5            | 2012-03-11 | 2012-12-31 | agency
      vdab     | P6            | 2011-01-01 | 2012-12-31 | agency`,
      `
      register | person_number | from_on    | to_on      | exit
      actiris  | P1            | 2012-03-10 |            |
      actiris  | P2            | 2012-03-11 |            |
      actiris  | P3            | 2013-01-01 |            |
      actiris  | P4            | 2013-01-01 |            |
      actiris  | P5            | 2013-01-01 |            |
      actiris  | P6            | 2013-01-01 |            |
      actiris  | P6            |            | 2011-12-31 | work
      actiris  | P7            | 2011-01-01 | 2011-01-01 | emigrated
      actiris  | P7            | 2013-01-01 |            |`,
    ));
});

describe("readPlacebo", () => {
  const tables: StagedTables = {
    ...register("P1", "P2", "P3", "P4"),
    ...programme({ P1: "2014-03-10", P2: "2014-05-10" }),
    jobseeker_spells: `
      register | person_number | from_on    | to_on
      actiris  | P1            | 2011-01-01 |
      actiris  | P2            | 2011-01-01 |
      actiris  | P3            | 2012-05-01 |
      actiris  | P4            | 2011-01-01 |`,
    employment_spells: `
      register | person_number | from_on    | to_on      | contract
      actiris  | P1            | 2012-06-01 | 2012-06-30 | agency
      actiris  | P4            | 2012-04-01 | 2012-06-29 | agency`,
  };

  test("sums days and 90 days by pattern over the rows with observed history, and the pairs of rows of one person", () =>
    withCohort(tables, {}, async (built) => {
      await readAll(built);
      // P4 worked 90 days of the months that count for March 2014, 51 of those that count for May 2014;
      // P3's history begins between the two
      expect(await built.table("patterns.placebo", "key, matched_rows, rows, days, days_squared, days90")).toBe(
        trimmed(`
        key | matched_rows | rows | days | days_squared | days90
        0   | 1            | 1    | 30   | 900          | 0
        1   | 1            | 1    | 0    | 0            | 0
        2   | 1            | 0    | 0    | 0            | 0
        3   | 1            | 1    | 0    | 0            | 0
        4   | 1            | 1    | 90   | 8100         | 1
        5   | 1            | 1    | 0    | 0            | 0
        6   | 1            | 1    | 51   | 2601         | 0`),
      );
      expect(
        await built.table("patterns.placebo_recurrence", "key1, key2, rows, days1, days2, days12, days90_1, days90_2"),
      ).toBe(
        trimmed(`
        key1 | key2 | rows | days1 | days2 | days12 | days90_1 | days90_2
        1    | 3    | 1    | 0     | 0     | 0      | 0        | 0
        3    | 1    | 1    | 0     | 0     | 0      | 0        | 0
        4    | 6    | 1    | 90    | 51    | 4590   | 1        | 0
        6    | 4    | 1    | 51    | 90    | 4590   | 0        | 1`),
      );
    }));

  test("says by arm how many rows and persons have observed history", () =>
    withCohort(tables, {}, async (built) => {
      const { history: byArm } = await readAll(built);
      expect(byArm).toEqual([
        {
          arm: "participants",
          rows: 2,
          persons: 2,
          observedRows: 2,
          observedPersons: 2,
          personsWorked: 0,
        },
        {
          arm: "controls",
          rows: 5,
          persons: 3,
          observedRows: 4,
          observedPersons: 3,
          personsWorked: 1,
        },
        {
          arm: "both",
          rows: 7,
          persons: 4,
          observedRows: 6,
          observedPersons: 4,
          personsWorked: 1,
        },
      ]);
    }));

  test("gives what the effect takes: a difference in days worked, and one in shares that worked 90 days", () =>
    withCohort(tables, {}, async (built) => {
      const { patterns } = built.design;
      const { days, days90, history: byArm, matchedRows } = await readAll(built);
      const weights = new Float64Array(patterns.size).fill(1);
      const persons = byArm[2]?.observedPersons ?? 0;
      expect(days.outcomes.after).toBe(-24);
      expect([...matchedRows]).toEqual([...patterns.rows]);
      const inDays = estimateEffect({ patterns, weights, ...days }, { persons });
      expect(inDays.difference.estimate).toBe(30 / 2 - (90 + 51) / 4);
      expect(inDays.difference.seType).toBe("CR1");
      expect(inDays.difference.se).toBeGreaterThan(0);
      expect(inDays.oddsRatio.estimate).toBeNull();
      const inShares = estimateEffect({ patterns, weights, ...days90 }, { persons });
      expect(inShares.rates.control.estimate).toBe(0.25);
      expect(inShares.rows).toEqual({ treated: 2, control: 4 });
    }));

  test("nobody matched leaves zeros by key, no pair, and no share", () =>
    withCohort(tables, {}, async ({ engine, design }) => {
      const none = await readPlacebo(engine, STUDY, []);
      expect(none.days.outcomes.rows).toEqual(new Float64Array(design.patterns.size));
      expect(none.days90.recurrence.key1.length).toBe(0);
      expect(none.history.map(({ rows, observedRows }) => [rows, observedRows])).toEqual(Array(3).fill([0, 0]));
    }));
});
