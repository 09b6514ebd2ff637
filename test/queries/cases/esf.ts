import type { QueryCases } from "../../support/query-cases.ts";
import { PLACED } from "./places.ts";

const AS_OF = { as_of: "2024-06-30" };
const MENTEES = `mentee_id | branch_id | birth_on | gender | qualification
  M1 | B1 | 2000-06-15 | woman | low
  M2 | B1 | 2000-06-15 | man | low
  M3 | B1 | 2000-06-15 | man | low`;
const FACTS =
  "mentee_id | branch_id | entered_on | left_on | gender | age | status_on_entry | complete | has_left | status_on_leaving";
const counts = (rows: string): Readonly<Record<string, string>> => ({
  ...PLACED,
  "programme.esf_participants": `${FACTS}\n${rows}`,
});

export const ESF_CASES: Readonly<Record<string, QueryCases>> = {
  "programme.esf_participants": {
    duplicates: [
      {
        is: "makes one participation of the rows of one entry: its last status on leaving, of one day the last row",
        given: {
          "staging.mentees": MENTEES,
          "staging.esf_records": `mentee_id | entered_on | left_on | status_on_entry | leaving_status_on | status_on_leaving | qualification_gained
            M1 | 2022-01-03 | 2022-07-01 | unemployed | 2022-07-02 | education | no
            M1 | 2022-01-03 | 2022-07-01 | | 2022-07-20 | employed | yes
            M1 | 2022-09-01 | | employed | | |
            M2 | 2022-01-03 | 2022-07-01 | employed | 2022-07-02 | education | no
            M2 | 2022-01-03 | 2022-07-01 | employed | | job_searching | no
            M2 | 2022-01-03 | 2022-07-01 | employed | 2022-07-02 | employed | no`,
        },
        parameters: AS_OF,
        out: `mentee_id | entered_on | left_on | status_on_entry | status_on_leaving | qualification_gained
          M1 | 2022-01-03 | 2022-07-01 | unemployed | employed | yes
          M1 | 2022-09-01 | | employed | |
          M2 | 2022-01-03 | 2022-07-01 | employed | employed |`,
      },
    ],
    days: [
      {
        is: "has who entered by the day of the data, of the age of that day",
        given: {
          "staging.mentees": MENTEES,
          "staging.esf_records":
            "mentee_id | entered_on\nM1 | 2024-06-14\nM2 | 2024-06-30\nM3 | 2024-07-01\nM3 | 2023-06-15",
        },
        parameters: AS_OF,
        out: "mentee_id | entered_on | age\nM1 | 2024-06-14 | 23\nM2 | 2024-06-30 | 24\nM3 | 2023-06-15 | 23",
      },
      {
        is: "hears statuses from the day of leaving to 28 days after it",
        given: {
          "staging.mentees": MENTEES,
          "staging.esf_records": `mentee_id | entered_on | left_on | leaving_status_on | status_on_leaving
            M1 | 2022-01-03 | 2022-07-01 | 2022-06-30 | employed
            M1 | 2022-01-04 | 2022-07-01 | 2022-07-01 | employed
            M2 | 2022-01-03 | 2022-07-01 | 2022-07-29 | employed
            M2 | 2022-01-04 | 2022-07-01 | 2022-07-30 | employed`,
        },
        parameters: AS_OF,
        out: `mentee_id | entered_on | status_on_leaving
          M1 | 2022-01-03 |
          M1 | 2022-01-04 | employed
          M2 | 2022-01-03 | employed
          M2 | 2022-01-04 |`,
      },
      {
        is: "has a result 28 days, and six months, after leaving on the day that they are over",
        given: {
          "staging.mentees": MENTEES,
          "staging.esf_records": `mentee_id | entered_on | left_on | status_on_leaving | status_after_6_months | situation_improved
            M1 | 2022-01-03 | 2024-06-02 | employed | |
            M1 | 2022-01-04 | 2024-06-03 | employed | |
            M2 | 2022-01-03 | 2024-06-30 | employed | |
            M2 | 2022-01-04 | 2024-07-01 | employed | |
            M3 | 2022-01-03 | 2023-12-30 | employed | employed | yes
            M3 | 2022-01-04 | 2023-12-31 | employed | employed | yes
            M3 | 2022-01-05 | 2024-01-01 | employed | employed | yes`,
        },
        parameters: AS_OF,
        out: `mentee_id | entered_on | left_on | status_on_leaving | has_left | has_left_6_months | status_after_6_months | situation_improved
          M1 | 2022-01-03 | 2024-06-02 | employed | true | false | |
          M1 | 2022-01-04 | 2024-06-03 | employed | false | false | |
          M2 | 2022-01-03 | 2024-06-30 | employed | false | false | |
          M2 | 2022-01-04 | | | false | false | |
          M3 | 2022-01-03 | 2023-12-30 | employed | true | true | employed | yes
          M3 | 2022-01-04 | 2023-12-31 | employed | true | true | employed | yes
          M3 | 2022-01-05 | 2024-01-01 | employed | true | false | |`,
      },
    ],
    nulls: [
      {
        is: "isn't complete without a gender, a day of birth, a status or a qualification",
        given: {
          "staging.mentees": `mentee_id | branch_id | birth_on | gender | qualification
            M1 | B1 | 2000-01-01 | other | low
            M2 | B1 | 2000-01-01 | | low
            M3 | B1 | | man | low
            M4 | B1 | 2000-01-01 | man | low
            M5 | B1 | 2000-01-01 | man |`,
          "staging.esf_records": `mentee_id | entered_on | status_on_entry
            M1 | 2022-01-03 | employed
            M2 | 2022-01-03 | employed
            M3 | 2022-01-03 | employed
            M4 | 2022-01-03 |
            M5 | 2022-01-03 | employed`,
        },
        parameters: AS_OF,
        out: `mentee_id | gender | has_left | has_left_6_months | complete
          M1 | non_binary | false | false | true
          M2 | | false | false | false
          M3 | man | false | false | false
          M4 | man | false | false | false
          M5 | man | false | false | false`,
      },
      {
        is: "lacks what neither the record nor the mentee states; a status without a day is of the day of leaving",
        given: {
          "staging.mentees":
            "mentee_id | branch_id | birth_on | gender | qualification\nM1 | B1 | | woman | low\nM2 | B1 | 2000-01-01 | | unknown",
          "staging.esf_records": `mentee_id | entered_on | left_on | status_on_entry | qualification | status_on_leaving
            M1 | 2022-01-03 | 2022-07-01 | unemployed | high | employed
            M2 | 2022-01-03 | | | | employed`,
        },
        parameters: AS_OF,
        out: `mentee_id | age | gender | status_on_entry | qualification | status_on_leaving | has_left | complete
          M1 | | woman | unemployed | high | employed | true | false
          M2 | 22 | | | | | false | false`,
      },
    ],
  },
  "indicators.esf": {
    duplicates: [
      {
        is: "counts a mentee once a period, by the first complete participation entered and the last one left",
        given: counts(`M1 | B1 | 2022-01-03 | 2022-02-01 | woman | 22 | | false | true
          M1 | B1 | 2022-01-31 | 2022-04-01 | woman | 22 | unemployed | true | true | job_searching
          M1 | B1 | 2022-05-01 | 2022-06-01 | woman | 22 | employed | true | true | education
          M1 | B1 | 2022-02-01 | 2022-06-01 | woman | 22 | employed | true | true | employed`),
        where:
          "gender = 'total' and period = '2022' and (code < 'eeco06' or code like 'eecr%' or code like 'esf_left%' or code = 'esf_incomplete')",
        out: `code | persons
          eeco01 | 1
          eeco02 | 1
          eecr02 | 1
          esf_left | 1`,
      },
    ],
    days: [
      {
        is: "counts entries in the year of the entry and leavings in the year of leaving",
        given: counts(`M1 | B1 | 2021-12-31 | 2022-01-01 | man | 22 | unemployed | true | true
          M2 | B1 | 2022-01-01 | 2022-12-31 | man | 22 | unemployed | true | true
          M3 | B1 | 2022-12-31 | 2023-01-01 | man | 22 | unemployed | true | true
          M4 | B1 | 2023-01-01 | 2024-01-01 | man | 22 | unemployed | true | true`),
        where: "gender = 'total' and code in ('eeco01', 'esf_left')",
        out: `period | code | persons
          2022 | eeco01 | 2
          2022 | esf_left | 2
          2022-2023 | eeco01 | 3
          2022-2023 | esf_left | 3
          2023 | eeco01 | 1
          2023 | esf_left | 1`,
      },
      {
        is: "puts ages in their bands on both sides of each limit",
        given: counts(
          [17, 18, 29, 30, 54, 55]
            .map((age, i) => `M${i} | B1 | 2022-03-01 | | man | ${age} | unemployed | true | false`)
            .join("\n"),
        ),
        where: "gender = 'total' and period = '2022' and code in ('eeco06', 'eeco07', 'eeco08', 'esf_aged_30_54')",
        out: "code | persons\neeco06 | 1\neeco07 | 2\neeco08 | 1\nesf_aged_30_54 | 2",
      },
    ],
    nulls: [
      {
        is: "counts an incomplete record by what it lacks, and in no indicator",
        given: counts(`M1 | B1 | 2022-03-01 | 2022-04-01 | | | | false | true
          M2 | | 2022-03-01 | | man | 22 | unemployed | true | false`),
        where: "period = '2022'",
        out: `gender | code | persons
          total | esf_incomplete | 1
          total | esf_incomplete_age | 1
          total | esf_incomplete_gender | 1
          total | esf_incomplete_qualification | 1
          total | esf_incomplete_status_on_entry | 1`,
      },
    ],
  },
};
