import type { QueryCases } from "../../support/query-cases.ts";
import { PLACED } from "./places.ts";

const AS_OF = { as_of: "2024-06-30" };

export const DUO_CASES: Readonly<Record<string, QueryCases>> = {
  "programme.duos": {
    duplicates: [
      {
        is: "numbers two duos of a mentor, and of a mentee, that started on one day by their code",
        given: {
          "staging.duos": `duo_id | mentee_id | mentor_id | branch_id | started_on
            D2 | M1 | R1 | B1 | 2022-02-01
            D1 | M2 | R1 | B1 | 2022-02-01
            D3 | M1 | R1 | B1 | 2022-02-01`,
        },
        parameters: AS_OF,
        out: "duo_id | nth_of_mentor | first_of_mentee\nD1 | 1 | true\nD2 | 2 | true\nD3 | 3 | false",
      },
      {
        is: "stops where a duo stands twice",
        given: {
          "staging.duos": "duo_id | mentee_id | mentor_id | branch_id\nD1 | M1 | R1 | B1\nD1 | M1 | R1 | B1",
        },
        parameters: AS_OF,
        out: /2 rows but 1 distinct values of its grain/,
      },
    ],
    days: [
      {
        is: "knows days up to the day of the data; what lies after it isn't there yet, nor is an end of what hasn't begun",
        given: {
          "staging.duos": `duo_id | mentee_id | mentor_id | branch_id | matched_on | first_meeting_on | started_on | ended_on | end_reason | assessed_on
            D1 | M1 | R1 | B1 | 2024-06-29 | 2024-06-29 | 2024-06-29 | 2024-06-29 | moved | 2024-06-29
            D2 | M2 | R2 | B1 | 2024-06-30 | 2024-06-30 | 2024-06-30 | 2024-06-30 | moved | 2024-06-30
            D3 | M3 | R3 | B1 | 2024-07-01 | 2024-07-01 | 2024-06-30 | 2024-07-01 | moved | 2024-07-01
            D4 | M4 | R4 | B1 | 2024-06-30 | | 2024-07-01 | 2024-06-30 | moved |`,
        },
        parameters: AS_OF,
        out: `duo_id | matched_on | first_meeting_on | started_on | ended_on | end_reason | assessed_on | nth_of_mentor
          D1 | 2024-06-29 | 2024-06-29 | 2024-06-29 | 2024-06-29 | moved | 2024-06-29 | 1
          D2 | 2024-06-30 | 2024-06-30 | 2024-06-30 | 2024-06-30 | moved | 2024-06-30 | 1
          D3 | | | 2024-06-30 | | | | 1
          D4 | 2024-06-30 | | | | | |`,
      },
    ],
    nulls: [
      {
        is: "ends for a reason that nobody knows, never without having started; without a mentor it is nobody's duo",
        given: {
          "staging.duos": `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on | end_reason
            D1 | M1 | | B1 | 2022-01-01 | 2022-02-01 |
            D2 | M1 | R1 | B1 | | 2022-01-01 | moved
            D3 | M1 | R1 | B1 | 2022-05-01 | |`,
        },
        parameters: AS_OF,
        out: `duo_id | ended_on | end_reason | nth_of_mentor | first_of_mentee
          D1 | 2022-02-01 | unknown | | true
          D2 | | | | false
          D3 | | | 1 | false`,
      },
    ],
  },
  "indicators.duos": {
    duplicates: [
      {
        is: "counts a mentee's two duos as two duos of one mentee, once where the periods of all years overlap",
        given: {
          ...PLACED,
          "programme.duos": `duo_id | mentee_id | branch_id | started_on
            D1 | M1 | B1 | 2022-02-01
            D2 | M1 | B1 | 2022-08-01`,
        },
        where: "status = 'started'",
        out: "period | duos | mentees\n2022 | 2 | 1\n2022-2023 | 2 | 1",
      },
    ],
    days: [
      {
        is: "counts what happens on the first and last day of a year in it",
        given: {
          ...PLACED,
          "programme.duos": `duo_id | mentee_id | branch_id | matched_on | started_on | ended_on | end_reason
            D1 | M1 | B1 | 2021-12-31 | 2022-01-01 | 2022-12-31 | moved
            D2 | M2 | B1 | 2022-01-01 | 2022-12-31 | 2023-01-01 | completed
            D3 | M3 | B1 | 2022-12-31 | 2023-01-01 | 2024-01-01 | completed
            D4 | M4 | B1 | 2024-01-01 | 2024-01-01 | |`,
        },
        where: "period <> '2022-2023'",
        out: `period | status | duos
          2022 | created | 2
          2022 | ended | 1
          2022 | ended_moved | 1
          2022 | running | 1
          2022 | started | 2
          2023 | ended | 1
          2023 | ended_completed | 1
          2023 | running | 1
          2023 | started | 1`,
      },
    ],
    nulls: [
      {
        is: "counts a duo for the days that it has, and nowhere without a branch",
        given: {
          ...PLACED,
          "programme.duos": `duo_id | mentee_id | branch_id | matched_on | started_on
            D1 | M1 | B1 | 2022-01-01 |
            D2 | M2 | B1 | | 2022-12-31
            D3 | M3 | B1 | |
            D4 | M4 | | 2022-01-01 | 2022-02-01`,
        },
        where: "period = '2022'",
        out: "status | duos\ncreated | 1\nrunning | 1\nstarted | 1",
      },
    ],
  },
};
