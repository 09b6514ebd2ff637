import { expect, test } from "vitest";
import { cohortByHand } from "../support/cohort-oracle.ts";
import type { CohortSettings, CohortTables } from "../support/cohort-oracle-rows.ts";
import { addMonths, wholeMonths } from "../support/days-oracle.ts";
import { matchExactly, SIB_2014, weightedRates } from "../support/matching-oracle.ts";

const settings: CohortSettings = {
  region: "brussels",
  register: "actiris",
  years: [2014],
  seed: "a",
  eligibility: { ageFrom: 18, ageTo: 33, origins: ["maghreb"] },
  excludedContracts: ["student"],
  ageBands: [18, 22, 26, 30],
  index: "start-day",
  reuse: "every-month",
  extraction: "2018-03-31",
  reportingLagMonths: 2,
  outcomes: [
    { definition: "days90", after: 0 },
    { definition: "sustained6m", after: 0 },
  ],
  contractLength: "contractual",
};

const jobseeker = (person_number: string) => ({
  register: "actiris",
  person_number,
  birth_on: "1990-03-15",
  gender: "woman",
  origin: "maghreb",
  qualification: "low",
});
const registered = (person_number: string, from_on: string, to_on: string | null = null) => ({
  register: "actiris",
  person_number,
  from_on,
  to_on,
  exit: null,
});
const work = (person_number: string, from_on: string, to_on: string, contract = "fixed_term") => ({
  register: "actiris",
  person_number,
  from_on,
  to_on,
  contract,
  contract_months: 3,
});

const tables: CohortTables = {
  branches: [{ branch_id: "B", region: "brussels" }],
  mentees: [{ mentee_id: "M1", person_number: "P1" }],
  duos: [{ duo_id: "D1", mentee_id: "M1", branch_id: "B", started_on: "2014-03-10" }],
  jobseekers: ["P1", "C1", "C2", "C3"].map(jobseeker),
  jobseeker_spells: ["P1", "C1", "C2", "C3"].map((number) => registered(number, "2013-12-01")),
  employment_spells: [
    work("P1", "2014-04-01", "2014-06-30"),
    work("C1", "2014-04-01", "2014-05-15"),
    work("C1", "2014-05-10", "2014-06-28"),
    work("C2", "2014-03-01", "2014-03-20"),
    work("C3", "2014-03-01", "2014-12-31", "student"),
  ],
};

test("a jobseeker in work on the index day is no control, a student job does not count as work", () => {
  const { rows, controls } = cohortByHand(tables, settings);
  expect(rows.map((r) => `${r.arm} ${r.person_number} ${r.index_on}`)).toEqual([
    "participant P1 2014-03-10",
    "control C1 2014-03-10",
    "control C3 2014-03-10",
  ]);
  expect(controls).toEqual({ at_risk: 2, in_work: 1, participant: 1 });
});

test("days of overlapping spells count once, so 91 days are a placement and 89 are not", () => {
  const matched = matchExactly(cohortByHand(tables, settings).rows, SIB_2014, { definition: "days90", after: 0 });
  expect(matched.map((r) => [r.row.person_number, r.weight, r.y])).toEqual([
    ["P1", 1, 1],
    ["C1", 0.5, 0],
    ["C3", 0.5, 0],
  ]);
  expect(weightedRates(matched)).toMatchObject({ participantRate: 1, controlRate: 0, controlPersons: 2 });
});

test("months clamp to the month's end when added, and are complete by the day when counted", () => {
  expect(addMonths("2016-02-29", 12)).toBe("2017-02-28");
  expect(addMonths("2014-01-31", 1)).toBe("2014-02-28");
  expect(wholeMonths("2014-01-15", "2014-03-14")).toBe(1);
});

test("covariates are those of the index day", () => {
  expect(cohortByHand(tables, settings).rows[0]?.covariates).toEqual({
    age_band: "22-25",
    gender: "woman",
    origin: "maghreb",
    qualification: "low",
    region: "brussels",
    index_month: "2014-03",
    unemployment_duration: "0-5",
    months_worked_24: "0",
  });
});
