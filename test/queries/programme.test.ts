import { afterEach, expect, test } from "vitest";
import { sqlOf } from "../../src/catalogue/catalogue.ts";
import { PROGRAMME } from "../../src/catalogue/programme.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { programmeFindings, programmeParameters } from "../../src/indicators/programme.ts";
import { BRANCHES, builtTable, MENTORS, YEARS } from "../support/built-table.ts";
import { printTable, stagedEngine, trimmed } from "../support/tables.ts";

let engine: SqlEngine | undefined;
afterEach(async () => engine?.close());

test("periods are each year and all of them, the last one cut at the day of the data", async () => {
  engine = await stagedEngine({ branches: BRANCHES });
  await programmeFindings(engine, { years: [2023, 2024], asOf: "2024-06-30" });
  const rows = await engine.rows({ name: "periods", text: "select * from programme.periods order by period, year" });
  expect(printTable(rows, ["period", "year", "opens_on", "closes_on"])).toBe(
    trimmed(`
      period    | year | opens_on   | closes_on
      2023      | 2023 | 2023-01-01 | 2023-12-31
      2023-2024 | 2023 | 2023-01-01 | 2024-06-30
      2023-2024 | 2024 | 2023-01-01 | 2024-06-30
      2024      | 2024 | 2024-01-01 | 2024-06-30`),
  );
});

test("a later step proves the earlier ones, and a step after the day of the data is not reached", async () => {
  const steps = await builtTable(
    {
      mentees: `mentee_id | branch_id | info_session_on | intake_on
        M1 | B1 | 2022-12-31 |
        M2 | B1 | 2023-01-01 | 2023-01-11
        M3 | F1 | | 2023-05-01
        M4 | F1 | 2024-07-01 |`,
      mentors: MENTORS,
      duos: `duo_id | mentee_id | mentor_id | branch_id | matched_on | first_meeting_on | started_on | ended_on | end_reason | assessed_on
        D1 | M1 | R1 | B1 | 2023-02-01 | | 2023-03-01 | 2023-09-01 | completed | 2024-06-30
        D2 | M2 | R1 | B1 | 2023-10-01 | 2023-10-05 | 2024-07-01 | | |`,
    },
    PROGRAMME.steps,
    "person_id, step, reached_on, entered_on",
    "role = 'mentee'",
  );
  expect(steps).toBe(
    trimmed(`
      person_id | step | reached_on | entered_on
      M1 | 1 | 2022-12-31 | 2022-12-31
      M1 | 2 |            | 2022-12-31
      M1 | 4 | 2023-02-01 | 2022-12-31
      M1 | 5 |            | 2022-12-31
      M1 | 6 | 2023-03-01 | 2022-12-31
      M1 | 7 | 2023-09-01 | 2022-12-31
      M1 | 8 | 2024-06-30 | 2022-12-31
      M2 | 1 | 2023-01-01 | 2023-01-01
      M2 | 2 | 2023-01-11 | 2023-01-01
      M2 | 4 | 2023-10-01 | 2023-01-01
      M2 | 5 | 2023-10-05 | 2023-01-01
      M3 | 1 |            | 2023-05-01
      M3 | 2 | 2023-05-01 | 2023-05-01`),
  );
});

test("a person enters in the year of the first known day, and waits are taken where both days are known", async () => {
  const rows = await builtTable(
    {
      mentees: `mentee_id | branch_id | info_session_on | intake_on
        M1 | B1 | 2023-12-31 | 2024-01-10
        M2 | B1 | 2023-01-01 | 2023-01-05
        M3 | B2 | | 2023-01-05
        M4 | F1 | 2023-03-05 | 2023-03-01`,
    },
    PROGRAMME.funnel,
    "region, level, step, persons, waited, median_days",
    "role = 'mentee' and period = '2023'",
  );
  expect(rows).toBe(
    trimmed(`
      region | level | step | persons | waited | median_days
      brussels | B1 | 1 | 2 | 0 |
      brussels | B1 | 2 | 2 | 2 | 7
      brussels | B2 | 1 | 1 | 0 |
      brussels | B2 | 2 | 1 | 0 |
      brussels | total | 1 | 3 | 0 |
      brussels | total | 2 | 3 | 2 | 7
      flanders | F1 | 1 | 1 | 0 |
      flanders | F1 | 2 | 1 | 0 |
      flanders | total | 1 | 1 | 0 |
      flanders | total | 2 | 1 | 0 |
      network | total | 1 | 4 | 0 |
      network | total | 2 | 4 | 2 | 7`),
  );
});

test("a duo runs on the last day of a year unless it ended on or before it", async () => {
  const rows = await builtTable(
    {
      mentees: "mentee_id | branch_id\nM1 | B1\nM2 | B1\nM3 | B1\nM4 | B1",
      mentors: MENTORS,
      duos: `duo_id | mentee_id | mentor_id | branch_id | matched_on | started_on | ended_on | end_reason
        D1 | M1 | R1 | B1 | 2022-12-01 | 2022-12-31 | 2022-12-31 | completed
        D2 | M2 | R1 | B1 | 2022-12-01 | 2022-12-31 | 2023-01-01 | moved
        D3 | M3 | R1 | B1 | 2022-12-01 | 2023-01-01 | |
        D4 | M4 | R1 | B1 | 2022-12-31 | | |`,
    },
    PROGRAMME.duoStatuses,
    "period, status, duos, mentees",
    "level = 'B1' and period <> '2022-2023'",
  );
  expect(rows).toBe(
    trimmed(`
      period | status | duos | mentees
      2022 | created | 4 | 4
      2022 | ended | 1 | 1
      2022 | ended_completed | 1 | 1
      2022 | running | 1 | 1
      2022 | started | 2 | 2
      2023 | ended | 1 | 1
      2023 | ended_moved | 1 | 1
      2023 | running | 1 | 1
      2023 | started | 1 | 1`),
  );
});

test("a mentee's second duo is one more duo of the same mentee", async () => {
  const rows = await builtTable(
    {
      mentees: "mentee_id | branch_id\nM1 | B1",
      mentors: MENTORS,
      duos: `duo_id | mentee_id | mentor_id | branch_id | matched_on | started_on | ended_on | end_reason
        D1 | M1 | R1 | B1 | 2022-01-20 | 2022-02-01 | 2022-04-01 |
        D2 | M1 | R1 | B1 | 2022-05-01 | 2022-06-01 | 2022-12-01 | completed`,
    },
    PROGRAMME.duoStatuses,
    "status, duos, mentees",
    "region = 'network' and period = '2022'",
  );
  expect(rows).toBe(
    trimmed(`
      status | duos | mentees
      created | 2 | 1
      ended | 2 | 1
      ended_completed | 1 | 1
      ended_unknown | 1 | 1
      started | 2 | 1`),
  );
});

test.each([
  ["before the duo's start", "job", "2022-01-31", 3, "none"],
  ["on the duo's start", "job", "2022-02-01", 3, "job"],
  ["on the last day of the twelve months", "job", "2023-07-31", 99, "job"],
  ["after the twelve months", "job", "2023-08-01", 99, "none"],
  ["for two months only", "job", "2022-03-01", 2, "other"],
  ["for a time that isn't known", "job", "2022-03-01", null, "other"],
  ["on a day that isn't known", "internship", null, null, "none"],
  ["as a training", "training", "2022-03-01", null, "training"],
])("a solution that begins %s is counted as it should be", async (_when, solution, since, months, expected) => {
  const rows = await builtTable(
    {
      mentees: "mentee_id | branch_id\nM1 | B1",
      mentors: MENTORS,
      duos: `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on
        D1 | M1 | R1 | B1 | 2022-02-01 | 2022-08-01`,
      declared_outcomes: [
        { duo_id: "D1", declared_on: "2023-09-01", solution, solution_on: since, contract_months: months },
      ],
    },
    PROGRAMME.declared,
    "duo_id, solution",
  );
  expect(rows).toBe(`duo_id | solution\nD1 | ${expected}`);
});

test("the best of several declarations counts, a known one before an unknown one; none at all is unknown", async () => {
  const rows = await builtTable(
    {
      mentees: "mentee_id | branch_id\nM1 | B1\nM2 | B1\nM3 | B1\nM4 | B1",
      mentors: MENTORS,
      duos: `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on
        D1 | M1 | R1 | B1 | 2022-02-01 | 2022-08-01
        D2 | M2 | R1 | B1 | 2022-02-01 | 2022-08-01
        D3 | M3 | R1 | B1 | 2022-02-01 | 2022-08-01
        D4 | M4 | R1 | B1 | 2022-02-01 | 2023-07-01`,
      declared_outcomes: `duo_id | declared_on | solution | solution_on | contract_months
        D1 | 2022-09-01 | training | 2022-08-15 |
        D1 | 2023-01-01 | job | 2023-01-01 | 6
        D2 | 2022-09-01 | none | |
        D2 | 2023-01-01 | unknown | |
        D2 | 2024-07-01 | job | 2022-09-01 | 6
        D4 | 2023-09-01 | job | 2023-09-01 | 6`,
    },
    PROGRAMME.declared,
    "duo_id, solution",
  );
  expect(rows).toBe(trimmed("duo_id | solution\nD1 | job\nD2 | none\nD3 | unknown"));
});

test("a person is told by what was known on the first start of the period", async () => {
  const rows = await builtTable(
    {
      mentees: "mentee_id | branch_id | birth_on | gender | origin\nM1 | B1 | 2001-02-01 | woman | maghreb",
      mentors: "mentor_id | branch_id | birth_on\nR1 | B1 | 1973-02-02",
      duos: `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on
        D1 | M1 | R1 | B1 | 2023-02-01 | 2023-03-01
        D2 | M1 | R1 | F1 | 2023-05-01 |`,
    },
    PROGRAMME.profile,
    "role, region, dimension, level, persons",
    "period = '2023' and region <> 'network' and dimension in ('age_band', 'gender')",
  );
  expect(rows).toBe(
    trimmed(`
      role | region | dimension | level | persons
      mentee | brussels | age_band | 22-25 | 1
      mentee | brussels | gender | woman | 1
      mentor | brussels | age_band | under 50 | 1
      mentor | brussels | gender | unknown | 1`),
  );
});

test("a mentee's status is that of the last record by the day of the first start, where records were read", async () => {
  const given = {
    mentees: "mentee_id | branch_id | gender\nM1 | B1 | woman\nM2 | B1 | woman\nM3 | B1 | man\nM4 | B1 | man",
    mentors: "mentor_id | branch_id\nR1 | B1",
    duos: `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on
      D1 | M1 | R1 | B1 | 2023-02-01 | 2023-03-01
      D2 | M2 | R1 | B1 | 2023-04-01 | 2023-05-01
      D3 | M3 | R1 | B1 | 2023-06-01 | 2023-07-01
      D4 | M4 | R1 | B1 | 2023-08-01 | 2023-09-01`,
  };
  // M1: on the day, and an older one; M2: a day later only; M3: without a status; M4: no record
  const records = `mentee_id | entered_on | status_on_entry
    M1 | 2022-01-01 | inactive
    M1 | 2023-02-01 | unemployed
    M2 | 2023-04-02 | employed
    M3 | 2023-05-31 |`;
  const statusesOf = (tables: Readonly<Record<string, string>>) =>
    builtTable(
      tables,
      PROGRAMME.profile,
      "role, level, persons",
      "period = '2023' and region = 'network' and dimension = 'status_on_entry'",
    );
  expect(await statusesOf({ ...given, esf_records: records })).toBe(
    trimmed("role | level | persons\nmentee | unemployed | 1\nmentee | unknown | 3"),
  );
  expect(await statusesOf(given)).toBe(trimmed("role | level | persons"));
});

test("every query of the programme's year yields what is declared on empty tables, and nobody", async () => {
  engine = await stagedEngine();
  expect(await programmeFindings(engine, YEARS)).toEqual([]);
  for (const entry of Object.values(PROGRAMME)) {
    const bound = Object.fromEntries(
      Object.keys(entry.parameters).map((name) => [name, programmeParameters(YEARS)[name] ?? null]),
    );
    const columns = await engine.describe(sqlOf(entry), bound);
    expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual(entry.columns);
    expect(sqlOf(entry).text).toMatch(/^-- One row per /);
  }
});
