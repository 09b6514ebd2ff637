import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cohortByHand } from "../support/cohort-oracle.ts";
import type { CohortResult } from "../support/cohort-oracle-rows.ts";
import { type MatchedRow, matchExactly, SIB_2014, weightedRates } from "../support/matching-oracle.ts";
import { plainTables, SIB_SETTINGS, type StagedSample, stageSample } from "../support/sample-tables.ts";

let sample: StagedSample;
let cohort: CohortResult;
let matched: readonly MatchedRow[] = [];

beforeAll(async () => {
  sample = await stageSample("actiris-register-2018");
  cohort = cohortByHand(await plainTables(sample.engine), SIB_SETTINGS);
  matched = matchExactly(cohort.rows, SIB_2014, { definition: "days90", after: 0 });
});
afterAll(() => sample.engine.close());

const rates = (keep: (row: MatchedRow) => boolean) => weightedRates(matched.filter(keep));
const interval = (keep: (row: MatchedRow) => boolean) => {
  const { difference, se } = rates(keep);
  const width = 1.959963984540054 * Number(se);
  return [Number(difference) - width, Number(difference) + width] as const;
};

describe("the published story, by the slow account of it", () => {
  it.each([
    [2014, 112, 48, 0.337],
    [2015, 117, 51, 0.305],
    [2016, 93, 36, 0.334],
  ])(
    "%i: %i participants, %i of them placed, and the published control rate %f within 0.02 points",
    (year, n, placed, controls) => {
      const found = rates((r) => r.row.year === year);
      expect(found).toMatchObject({ participants: n, placedParticipants: placed });
      expect(Math.abs(Number(found.controlRate) - controls)).toBeLessThan(0.0002);
    },
  );

  it("matches 322 participants to about 4,000 jobseekers", () => {
    const pooled = rates(() => true);
    expect(pooled.participants).toBe(322);
    expect(pooled.controlPersons).toBe(3963);
  });

  it("has intervals that include zero in 2014 and 2016, and exclude it in 2015 and pooled", () => {
    const includes = (keep: (row: MatchedRow) => boolean) => {
      const [lower, upper] = interval(keep);
      return lower <= 0 && upper >= 0;
    };
    const years = [2014, 2015, 2016].map((year) => includes((r) => r.row.year === year));
    expect([...years, includes(() => true)]).toEqual([true, false, true, false]);
  });

  it("has its largest effects where the qualification is low or unknown", () => {
    const difference = (level: string) => Number(rates((r) => r.row.covariates.qualification === level).difference);
    const [low, unknown, medium, high] = ["low", "unknown", "medium", "high"].map(difference);
    expect(low).toBeGreaterThan(0.15);
    expect(unknown).toBeGreaterThan(0.06);
    expect(Math.abs(Number(medium))).toBeLessThan(0.03);
    expect(Math.abs(Number(high))).toBeLessThan(0.03);
  });

  it("has a level of fewer than five participants", () => {
    expect(rates((r) => r.row.covariates.origin === "american").participants).toBe(4);
  });

  it("loses 28 of 350 participants, each for one reason", () => {
    expect(cohort.participants).toEqual({
      no_person_number: 9,
      not_in_register: 6,
      same_person: 2,
      in_work: 5,
      not_registered: 3,
      at_risk: 325,
    });
    const unmatched = matched.filter((r) => r.row.arm === "participant" && r.weight === 0);
    expect(unmatched).toHaveLength(3);
  });
});
