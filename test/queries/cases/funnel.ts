import type { QueryCases } from "../../support/query-cases.ts";
import { PERIODS, PLACE, PLACED } from "./places.ts";

const AS_OF = { as_of: "2024-06-30" };

export const FUNNEL_CASES: Readonly<Record<string, QueryCases>> = {
  "programme.steps": {
    duplicates: [
      {
        is: "takes of several duos the mentee's first, and of a mentor's the one that started first",
        given: {
          "staging.mentees": "mentee_id | branch_id | info_session_on\nM1 | B1 | 2022-01-01",
          "staging.mentors": "mentor_id | branch_id | info_session_on\nR1 | B1 | 2022-01-02",
          "programme.duos": `duo_id | mentee_id | mentor_id | matched_on | started_on | first_of_mentee
            D1 | M1 | R1 | 2022-02-01 | | false
            D2 | M1 | R1 | 2022-03-01 | 2022-03-09 | true
            D3 | M1 | R1 | 2022-03-02 | 2022-03-09 | false`,
        },
        parameters: AS_OF,
        where: "reached_on is not null",
        out: `role | person_id | step | reached_on
          mentee | M1 | 1 | 2022-01-01
          mentee | M1 | 4 | 2022-03-01
          mentee | M1 | 6 | 2022-03-09
          mentor | R1 | 1 | 2022-01-02
          mentor | R1 | 4 | 2022-03-01
          mentor | R1 | 6 | 2022-03-09`,
      },
    ],
    days: [
      {
        is: "reaches a step on the day of the data and before it, not the day after",
        given: {
          "staging.mentees": `mentee_id | branch_id | info_session_on | intake_on
            M1 | B1 | 2024-06-29 | 2024-06-30
            M2 | B1 | 2024-06-30 | 2024-07-01
            M3 | B1 | 2024-07-01 |`,
          "staging.mentors":
            "mentor_id | branch_id | intake_on | trained_on\nR1 | B1 | 2024-06-30 | 2024-07-01\nR2 | B1 | 2024-07-01 |",
        },
        parameters: AS_OF,
        out: `person_id | step | reached_on | entered_on
          M1 | 1 | 2024-06-29 | 2024-06-29
          M1 | 2 | 2024-06-30 | 2024-06-29
          M2 | 1 | 2024-06-30 | 2024-06-30
          R1 | 1 | | 2024-06-30
          R1 | 2 | 2024-06-30 | 2024-06-30`,
      },
    ],
    nulls: [
      {
        is: "proves earlier steps by a later one; who has no day at all reached nothing",
        given: {
          "staging.mentees": "mentee_id | branch_id | info_session_on\nM1 | B1 |",
          "staging.mentors": "mentor_id | branch_id | trained_on\nR1 | B1 | 2022-03-01",
          "programme.duos":
            "duo_id | mentee_id | mentor_id | started_on | ended_on | end_reason | first_of_mentee\nD1 | M1 | | | | | true",
        },
        parameters: AS_OF,
        out: `role | person_id | step | reached_on | entered_on
          mentor | R1 | 1 | | 2022-03-01
          mentor | R1 | 2 | | 2022-03-01
          mentor | R1 | 3 | 2022-03-01 | 2022-03-01`,
      },
      {
        is: "reaches neither support nor assessment where a duo ended early or for a reason that nobody knows",
        given: {
          "staging.mentees": "mentee_id | branch_id\nM1 | B1\nM2 | B1\nM3 | B1",
          "programme.duos": `duo_id | mentee_id | started_on | ended_on | end_reason | assessed_on | first_of_mentee
            D1 | M1 | 2022-01-01 | 2022-03-01 | moved | 2022-03-02 | true
            D2 | M2 | 2022-01-01 | 2022-03-01 | | 2022-03-02 | true
            D3 | M3 | 2022-01-01 | 2022-03-01 | job_found | 2022-03-02 | true`,
        },
        parameters: AS_OF,
        where: "step >= 6",
        out: `person_id | step | reached_on
          M1 | 6 | 2022-01-01
          M2 | 6 | 2022-01-01
          M3 | 6 | 2022-01-01
          M3 | 7 | 2022-03-01
          M3 | 8 | 2022-03-02`,
      },
    ],
  },
  "indicators.funnel": {
    duplicates: [
      {
        is: "counts a person once in a place, and in each place that the branch belongs to",
        given: {
          "programme.places": `${PLACE}\nB1 | brussels | branch | B1\nB1 | network | total | total`,
          "programme.periods": PERIODS,
          "programme.steps": `role | person_id | branch_id | step | reached_on | entered_on
            mentee | M1 | B1 | 1 | 2022-01-01 | 2022-01-01
            mentee | M2 | B1 | 1 | 2023-01-01 | 2023-01-01`,
        },
        out: `region | level | period | step | persons
          brussels | B1 | 2022 | 1 | 1
          brussels | B1 | 2022-2023 | 1 | 2
          brussels | B1 | 2023 | 1 | 1
          brussels | total | 2022 | 1 | 1
          brussels | total | 2022-2023 | 1 | 2
          brussels | total | 2023 | 1 | 1
          network | total | 2022 | 1 | 1
          network | total | 2022-2023 | 1 | 2
          network | total | 2023 | 1 | 1`,
      },
    ],
    days: [
      {
        is: "counts a person in the year of entry, on its first and last day too, and in no year that isn't reported",
        given: {
          ...PLACED,
          "programme.steps": `role | person_id | branch_id | step | reached_on | entered_on
            mentee | M1 | B1 | 1 | 2021-12-31 | 2021-12-31
            mentee | M2 | B1 | 1 | 2022-01-01 | 2022-01-01
            mentee | M3 | B1 | 1 | 2022-12-31 | 2022-12-31
            mentee | M4 | B1 | 1 | 2023-01-01 | 2023-01-01
            mentee | M5 | B1 | 1 | 2024-01-01 | 2024-01-01`,
        },
        out: "period | persons\n2022 | 2\n2022-2023 | 3\n2023 | 1",
      },
      {
        is: "waits no day on the same day, and doesn't know a wait against the order of the steps",
        given: {
          ...PLACED,
          "programme.steps": `role | person_id | branch_id | step | reached_on | entered_on
            mentee | M1 | B1 | 1 | 2022-03-02 | 2022-03-01
            mentee | M1 | B1 | 2 | 2022-03-01 | 2022-03-01
            mentee | M2 | B1 | 1 | 2022-03-01 | 2022-03-01
            mentee | M2 | B1 | 2 | 2022-03-01 | 2022-03-01
            mentee | M3 | B1 | 1 | 2022-03-01 | 2022-03-01
            mentee | M3 | B1 | 2 | 2022-03-02 | 2022-03-01`,
        },
        where: "period = '2022'",
        out: "step | persons | waited | median_days\n1 | 3 | 0 |\n2 | 3 | 2 | 0.5",
      },
    ],
    nulls: [
      {
        is: "counts who reached a step on a day that nobody knows, without a wait before or after it",
        given: {
          ...PLACED,
          "programme.steps": `role | person_id | branch_id | step | reached_on | entered_on
            mentee | M1 | B1 | 1 | 2022-03-01 | 2022-03-01
            mentee | M1 | B1 | 2 | | 2022-03-01
            mentee | M1 | B1 | 4 | 2022-03-09 | 2022-03-01
            mentee | M9 | | 1 | 2022-03-01 | 2022-03-01`,
        },
        where: "period = '2022'",
        out: "step | persons | waited | median_days\n1 | 1 | 0 |\n2 | 1 | 0 |\n4 | 1 | 0 |",
      },
    ],
  },
};
