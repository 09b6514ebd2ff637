import type { QueryCases } from "../../support/query-cases.ts";
import { PERIODS, PLACE, PLACED } from "./places.ts";

/** Persons of so many years who started a duo on their birthday in 2022. */
const ofAges = (role: "mentee" | "mentor", ages: readonly number[]): Readonly<Record<string, string>> => ({
  "programme.duos": [
    `duo_id | ${role}_id | branch_id | started_on`,
    ...ages.map((age) => `D${age} | P${age} | B1 | 2022-06-15`),
  ].join("\n"),
  [`staging.${role}s`]: [`${role}_id | birth_on`, ...ages.map((age) => `P${age} | ${2022 - age}-06-15`)].join("\n"),
});

export const PROFILE_CASES: Readonly<Record<string, QueryCases>> = {
  "indicators.profile": {
    duplicates: [
      {
        is: "counts a person with several duos of a period once, by the first; two on one day by the branch's code",
        given: {
          "programme.places": `${PLACE}\nF1 | flanders | total | total`,
          "programme.periods": PERIODS,
          "programme.duos": `duo_id | mentee_id | branch_id | started_on
            D1 | M1 | F1 | 2022-05-01
            D2 | M1 | B1 | 2022-03-01
            D3 | M2 | F1 | 2022-03-01
            D4 | M2 | B1 | 2022-03-01`,
          "staging.mentees": "mentee_id | gender\nM1 | woman\nM2 | man",
        },
        where: "dimension = 'gender' and period = '2022'",
        out: "region | level | persons\nbrussels | man | 1\nbrussels | woman | 1",
      },
      {
        is: "counts a mentor with two duos once, by the branch of the first",
        given: {
          "programme.places": `${PLACE}\nF1 | flanders | total | total`,
          "programme.periods": PERIODS,
          "programme.duos": `duo_id | mentor_id | branch_id | started_on
            D1 | R1 | F1 | 2022-05-01
            D2 | R1 | B1 | 2022-03-01
            D3 | | B1 | 2022-02-01`,
          "staging.mentors": "mentor_id | former_sector\nR1 | transport",
        },
        where: "dimension = 'former_sector' and period = '2022'",
        out: "role | region | level | persons\nmentor | brussels | transport | 1",
      },
    ],
    days: [
      {
        is: "completes a year of life on the birthday, on 1 March for who was born on 29 February",
        given: {
          ...PLACED,
          "programme.duos": `duo_id | mentee_id | branch_id | started_on
            D1 | M1 | B1 | 2022-06-14
            D2 | M2 | B1 | 2022-06-15
            D3 | M3 | B1 | 2022-06-16
            D4 | M4 | B1 | 2022-02-28
            D5 | M5 | B1 | 2022-03-01`,
          "staging.mentees": `mentee_id | birth_on
            M1 | 2000-06-15
            M2 | 2000-06-15
            M3 | 2000-06-15
            M4 | 2000-02-29
            M5 | 2000-02-29`,
        },
        where: "dimension = 'age_band' and period = '2022'",
        out: "level | persons\n18-21 | 2\n22-25 | 3",
      },
      {
        is: "puts mentees' ages in their bands on both sides of each limit",
        given: {
          ...PLACED,
          ...ofAges("mentee", [17, 18, 21, 22, 25, 26, 29, 30]),
        },
        where: "role = 'mentee' and dimension = 'age_band' and period = '2022'",
        out: "level | persons\n18-21 | 2\n22-25 | 2\n26-29 | 2\n30+ | 1\nunder 18 | 1",
      },
      {
        is: "puts mentors' ages in theirs",
        given: {
          ...PLACED,
          ...ofAges("mentor", [49, 50, 54, 55, 59, 60, 64, 65, 69, 70]),
        },
        where: "role = 'mentor' and dimension = 'age_band' and period = '2022'",
        out: "level | persons\n50-54 | 2\n55-59 | 2\n60-64 | 2\n65-69 | 2\n70+ | 1\nunder 50 | 1",
      },
      {
        is: "takes the status of the last record by the day of the first start, that day's too",
        given: {
          ...PLACED,
          "programme.duos": `duo_id | mentee_id | branch_id | started_on
            D1 | M1 | B1 | 2022-03-01
            D2 | M2 | B1 | 2022-03-01
            D3 | M3 | B1 | 2022-03-01
            D4 | M3 | B1 | 2022-09-01`,
          "staging.mentees": "mentee_id\nM1\nM2\nM3",
          "staging.esf_records": `mentee_id | entered_on | status_on_entry
            M1 | 2022-01-01 | inactive
            M1 | 2022-03-01 | unemployed
            M2 | 2022-02-28 | employed
            M3 | 2022-03-02 | employed`,
        },
        where: "dimension = 'status_on_entry' and period = '2022'",
        out: "level | persons\nemployed | 1\nunemployed | 1\nunknown | 1",
      },
      {
        is: "counts starts of the first and last day of a year, and those of other years in no period",
        given: {
          ...PLACED,
          "programme.duos": `duo_id | mentee_id | branch_id | started_on
            D1 | M1 | B1 | 2021-12-31
            D2 | M2 | B1 | 2022-01-01
            D3 | M3 | B1 | 2022-12-31
            D4 | M4 | B1 | 2023-01-01
            D5 | M5 | B1 | 2024-01-01`,
          "staging.mentees": "mentee_id | gender\nM1 | woman\nM2 | woman\nM3 | woman\nM4 | woman\nM5 | woman",
        },
        where: "dimension = 'gender'",
        out: "period | persons\n2022 | 2\n2022-2023 | 3\n2023 | 1",
      },
    ],
    nulls: [
      {
        is: "calls unknown what isn't known, and leaves out a duo without a start or a mentor",
        given: {
          ...PLACED,
          "programme.duos": `duo_id | mentee_id | mentor_id | branch_id | started_on
            D1 | M1 | | B1 | 2022-06-14
            D2 | M2 | R1 | B1 |`,
          "staging.mentees": "mentee_id\nM1\nM2",
          "staging.mentors": "mentor_id\nR1",
        },
        where: "period = '2022'",
        out: `role | dimension | level | persons
          mentee | age_band | unknown | 1
          mentee | gender | unknown | 1
          mentee | origin | unknown | 1
          mentee | qualification | unknown | 1`,
      },
    ],
  },
};
