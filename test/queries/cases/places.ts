import type { QueryCases } from "../../support/query-cases.ts";

/** Two years, and both together. */
export const PERIODS = `period | year | opens_on | closes_on
  2022 | 2022 | 2022-01-01 | 2022-12-31
  2023 | 2023 | 2023-01-01 | 2023-12-31
  2022-2023 | 2022 | 2022-01-01 | 2023-12-31
  2022-2023 | 2023 | 2022-01-01 | 2023-12-31`;

/** One branch, which stands for all of its region. */
export const PLACE = "branch_id | region | dimension | level\nB1 | brussels | total | total";

/** What every indicator is counted in. */
export const PLACED = { "programme.places": PLACE, "programme.periods": PERIODS } as const;

const YEARS = { year_from: 2022, year_to: 2023 };
const AS_OF = { as_of: "2024-06-30" };

export const PLACE_CASES: Readonly<Record<string, QueryCases>> = {
  "programme.periods": {
    duplicates: [
      {
        is: "tells a single year once, not also as all years together",
        given: {},
        parameters: { year_from: 2022, year_to: 2022, ...AS_OF },
        out: "period | year | opens_on | closes_on\n2022 | 2022 | 2022-01-01 | 2022-12-31",
      },
    ],
    days: [
      {
        is: "closes at the day of the data, the day before a year ends",
        given: {},
        parameters: { ...YEARS, as_of: "2022-12-30" },
        out: `period | year | closes_on
          2022 | 2022 | 2022-12-30
          2022-2023 | 2022 | 2022-12-30
          2022-2023 | 2023 | 2022-12-30`,
      },
      {
        is: "has no year that hasn't begun, on the last day of the one before",
        given: {},
        parameters: { ...YEARS, as_of: "2022-12-31" },
        out: `period | year | closes_on
          2022 | 2022 | 2022-12-31
          2022-2023 | 2022 | 2022-12-31
          2022-2023 | 2023 | 2022-12-31`,
      },
      {
        is: "has a year from its first day on",
        given: {},
        parameters: { ...YEARS, as_of: "2023-01-01" },
        out: `period | year | closes_on
          2022 | 2022 | 2022-12-31
          2022-2023 | 2022 | 2023-01-01
          2022-2023 | 2023 | 2023-01-01
          2023 | 2023 | 2023-01-01`,
      },
    ],
    nulls: [
      {
        is: "has none without a day of the data",
        given: {},
        parameters: { ...YEARS, as_of: null },
        out: "period | year",
      },
    ],
  },
  "programme.places": {
    duplicates: [
      {
        is: "puts two branches of a region in it and in the network, each once",
        given: { "staging.branches": "branch_id | region\nB1 | brussels\nB2 | brussels\nF1 | flanders" },
        out: `branch_id | region | dimension | level
          B1 | brussels | branch | B1
          B1 | brussels | total | total
          B1 | network | total | total
          B2 | brussels | branch | B2
          B2 | brussels | total | total
          B2 | network | total | total
          F1 | flanders | branch | F1
          F1 | flanders | total | total
          F1 | network | total | total`,
      },
      {
        is: "stops where a branch stands twice",
        given: { "staging.branches": "branch_id | region\nB1 | brussels\nB1 | brussels" },
        out: /6 rows but 3 distinct values of its grain/,
      },
      {
        is: "stops where a region is called as the network is",
        given: { "staging.branches": "branch_id | region\nB1 | network" },
        out: /3 rows but 2 distinct values of its grain/,
      },
    ],
    days: "a branch has no day",
    nulls: [
      {
        is: "places a branch without a name",
        given: { "staging.branches": "branch_id | region | name\nB1 | brussels |" },
        out: `branch_id | region | dimension | level
          B1 | brussels | branch | B1
          B1 | brussels | total | total
          B1 | network | total | total`,
      },
    ],
  },
};
