import type { QueryCases } from "../../support/query-cases.ts";
import { PLACED } from "./places.ts";

const AS_OF = { as_of: "2024-06-30" };
const DUOS = "duo_id | mentee_id | branch_id | started_on | ended_on";
/** Duos of as many mentees, from 1 February 2022 for six months. */
const ended = (count: number): string =>
  [DUOS, ...Array.from({ length: count }, (_, i) => `D${i + 1} | M${i + 1} | B1 | 2022-02-01 | 2022-08-01`)].join("\n");
const OUTCOMES = "duo_id | declared_on | solution | solution_on | contract_months";

export const OUTCOME_CASES: Readonly<Record<string, QueryCases>> = {
  "programme.declared": {
    duplicates: [
      {
        is: "tells a duo once: the best of its declarations, one that is repeated no better than once",
        given: {
          "programme.duos": `${DUOS}\nD1 | M1 | B1 | 2022-02-01 | 2022-08-01\nD2 | M1 | B1 | 2022-09-01 | 2022-12-01`,
          "staging.declared_outcomes": `${OUTCOMES}
            D1 | 2022-09-01 | none | |
            D1 | 2022-10-01 | job | 2022-10-01 | 6
            D1 | 2022-11-01 | job | 2022-10-01 | 6
            D2 | 2023-01-01 | training | 2022-12-15 |
            D2 | 2023-01-01 | internship | 2022-12-01 |`,
        },
        parameters: AS_OF,
        out: "duo_id | mentee_id | solution\nD1 | M1 | job\nD2 | M1 | internship",
      },
    ],
    days: [
      {
        is: "tells a duo on the day that its twelve months are over, not the day before",
        given: {
          "programme.duos": `${DUOS}
            D1 | M1 | B1 | 2023-02-01 | 2023-06-29
            D2 | M2 | B1 | 2023-02-01 | 2023-06-30
            D3 | M3 | B1 | 2023-02-01 | 2023-07-01`,
        },
        parameters: AS_OF,
        out: "duo_id | solution\nD1 | unknown\nD2 | unknown",
      },
      {
        is: "hears what was declared by the day of the data",
        given: {
          "programme.duos": ended(3),
          "staging.declared_outcomes": `${OUTCOMES}
            D1 | 2024-06-29 | job | 2022-09-01 | 6
            D2 | 2024-06-30 | job | 2022-09-01 | 6
            D3 | 2024-07-01 | job | 2022-09-01 | 6`,
        },
        parameters: AS_OF,
        out: "duo_id | solution\nD1 | job\nD2 | job\nD3 | unknown",
      },
      {
        is: "takes a contract of three months for a job, one of less for another solution",
        given: {
          "programme.duos": ended(3),
          "staging.declared_outcomes": `${OUTCOMES}
            D1 | 2023-09-01 | job | 2022-09-01 | 2
            D2 | 2023-09-01 | job | 2022-09-01 | 3
            D3 | 2023-09-01 | job | 2022-09-01 | 4`,
        },
        parameters: AS_OF,
        out: "duo_id | solution\nD1 | other\nD2 | job\nD3 | job",
      },
      {
        is: "counts what began from the duo's start to the last of the twelve months' days",
        given: {
          "programme.duos": ended(4),
          "staging.declared_outcomes": `${OUTCOMES}
            D1 | 2023-09-01 | training | 2022-01-31 |
            D2 | 2023-09-01 | training | 2022-02-01 |
            D3 | 2023-09-01 | training | 2023-07-31 |
            D4 | 2023-09-01 | training | 2023-08-01 |`,
        },
        parameters: AS_OF,
        out: "duo_id | solution\nD1 | none\nD2 | training\nD3 | training\nD4 | none",
      },
    ],
    nulls: [
      {
        is: "takes a job of unknown length for another solution and one of an unknown day for none; who runs isn't asked",
        given: {
          "programme.duos": `${DUOS}
            D1 | M1 | B1 | 2022-02-01 | 2022-08-01
            D2 | M2 | B1 | 2022-02-01 | 2022-08-01
            D3 | M3 | B1 | 2022-02-01 |
            D4 | M4 | B1 | |`,
          "staging.declared_outcomes": `${OUTCOMES}
            D1 | 2022-09-01 | job | 2022-09-01 |
            D2 | 2022-09-01 | job | | 12
            D3 | 2022-09-01 | job | 2022-09-01 | 12`,
        },
        parameters: AS_OF,
        out: "duo_id | solution\nD1 | other\nD2 | none",
      },
      {
        is: "takes something else without its day from the day of the answer",
        given: {
          "programme.duos": ended(4),
          "staging.declared_outcomes": `${OUTCOMES}
            D1 | 2023-07-31 | other | |
            D2 | 2023-08-01 | other | |
            D3 | 2023-09-01 | other | 2022-09-01 |
            D4 | 2023-03-01 | other | 2022-01-31 |`,
        },
        parameters: AS_OF,
        out: "duo_id | solution\nD1 | other\nD2 | none\nD3 | other\nD4 | none",
      },
    ],
  },
  "indicators.declared_outcomes": {
    duplicates: [
      {
        is: "counts two duos of one mentee as two duos of one mentee",
        given: {
          ...PLACED,
          "programme.declared": `duo_id | mentee_id | branch_id | ended_on | solution
            D1 | M1 | B1 | 2022-02-01 | job
            D2 | M1 | B1 | 2022-08-01 | job`,
        },
        out: "period | solution | duos | mentees\n2022 | job | 2 | 1\n2022-2023 | job | 2 | 1",
      },
    ],
    days: [
      {
        is: "counts a duo in the year of its end, on the first and last day too",
        given: {
          ...PLACED,
          "programme.declared": `duo_id | mentee_id | branch_id | ended_on | solution
            D1 | M1 | B1 | 2021-12-31 | job
            D2 | M2 | B1 | 2022-01-01 | job
            D3 | M3 | B1 | 2022-12-31 | none
            D4 | M4 | B1 | 2023-01-01 | job
            D5 | M5 | B1 | 2024-01-01 | job`,
        },
        out: `period | solution | duos
          2022 | job | 1
          2022 | none | 1
          2022-2023 | job | 2
          2022-2023 | none | 1
          2023 | job | 1`,
      },
    ],
    nulls: [
      {
        is: "counts nowhere what has no branch",
        given: {
          ...PLACED,
          "programme.declared": "duo_id | mentee_id | branch_id | ended_on | solution\nD1 | M1 | | 2022-02-01 | job",
        },
        out: "period | solution | duos",
      },
    ],
  },
};
