import type { QueryCases } from "../../support/query-cases.ts";
import { PLACED } from "./places.ts";

const STARTED = "mentor_id | branch_id | duo_id | nth | started_on | ended_on | previous_ended_on";
const given = (table: string, rows: string): Readonly<Record<string, string>> => ({
  ...PLACED,
  [table]: rows,
});
const started = (rows: string): Readonly<Record<string, string>> =>
  given("programme.mentor_duos", `${STARTED}\n${rows}`);

export const MENTOR_CASES: Readonly<Record<string, QueryCases>> = {
  "programme.mentor_duos": {
    duplicates: [
      {
        is: "keeps two duos of one day apart, each with the end of the one before it",
        given: {
          "staging.mentors": "mentor_id | branch_id\nR1 | B1\nR2 | F1",
          "programme.duos": `duo_id | mentor_id | nth_of_mentor | started_on | ended_on
            D1 | R1 | 1 | 2022-01-01 | 2022-03-01
            D2 | R1 | 2 | 2022-01-01 | 2022-04-01
            D3 | R1 | 3 | 2022-09-01 |
            D4 | R2 | 1 | 2022-09-01 |`,
        },
        out: `mentor_id | branch_id | duo_id | nth | previous_ended_on
          R1 | B1 | D1 | 1 |
          R1 | B1 | D2 | 2 | 2022-03-01
          R1 | B1 | D3 | 3 | 2022-04-01
          R2 | F1 | D4 | 1 |`,
      },
      {
        is: "stops where a mentor stands twice",
        given: {
          "staging.mentors": "mentor_id | branch_id\nR1 | B1\nR1 | F1",
          "programme.duos": "duo_id | mentor_id | nth_of_mentor | started_on\nD1 | R1 | 1 | 2022-01-01",
        },
        out: /2 rows but 1 distinct values of its grain/,
      },
    ],
    days: [
      {
        is: "tells the end of the duo before, whether it lies before, on or after the next one's start",
        given: {
          "staging.mentors": "mentor_id | branch_id\nR1 | B1\nR2 | B1\nR3 | B1",
          "programme.duos": `duo_id | mentor_id | nth_of_mentor | started_on | ended_on
            D1 | R1 | 1 | 2022-01-01 | 2022-06-30
            D2 | R1 | 2 | 2022-07-01 |
            D3 | R2 | 1 | 2022-01-01 | 2022-07-01
            D4 | R2 | 2 | 2022-07-01 |
            D5 | R3 | 1 | 2022-01-01 | 2022-07-02
            D6 | R3 | 2 | 2022-07-01 |`,
        },
        where: "nth = 2",
        out: `mentor_id | started_on | previous_ended_on
          R1 | 2022-07-01 | 2022-06-30
          R2 | 2022-07-01 | 2022-07-01
          R3 | 2022-07-01 | 2022-07-02`,
      },
    ],
    nulls: [
      {
        is: "leaves out duos that never started, without a mentor, or of a mentor whom nobody knows; one that runs has no end",
        given: {
          "staging.mentors": "mentor_id | branch_id\nR1 | B1",
          "programme.duos": `duo_id | mentor_id | nth_of_mentor | started_on | ended_on
            D1 | R1 | | |
            D2 | | | 2022-01-01 |
            D3 | R9 | 1 | 2022-01-01 |
            D4 | R1 | 1 | 2022-01-01 |
            D5 | R1 | 2 | 2022-05-01 |`,
        },
        out: "duo_id | nth | ended_on | previous_ended_on\nD4 | 1 | |\nD5 | 2 | |",
      },
    ],
  },
  "indicators.mentor_duos": {
    duplicates: [
      {
        is: "counts a mentor once however many duos, and one and the same duo once in all years together",
        given: started(`R1 | B1 | D1 | 1 | 2022-02-01 | 2022-03-01 |
          R1 | B1 | D2 | 2 | 2022-02-01 | 2022-04-01 | 2022-03-01
          R2 | B1 | D3 | 1 | 2022-02-01 | |
          R3 | B1 | D4 | 1 | 2022-02-01 | 2022-05-01 |
          R3 | B1 | D5 | 2 | 2022-06-01 | 2022-07-01 | 2022-05-01
          R3 | B1 | D6 | 3 | 2022-07-11 | | 2022-07-01
          R4 | B1 | D7 | 1 | 2022-02-01 | |`),
        out: `period | mentors | duos | most | one | two | three_or_more | waited | median_days
          2022 | 4 | 7 | 3 | 2 | 1 | 1 | 1 | 20.5
          2022-2023 | 4 | 7 | 3 | 2 | 1 | 1 | 1 | 20.5
          2023 | 4 | 7 | 3 | 2 | 1 | 1 | 0 |`,
      },
    ],
    days: [
      {
        is: "counts duos so far by a period's last day, one that started years before it too",
        given: started(`R1 | B1 | D1 | 1 | 2019-05-01 | |
          R2 | B1 | D2 | 1 | 2022-12-31 | |
          R3 | B1 | D3 | 1 | 2023-01-01 | |
          R4 | B1 | D4 | 1 | 2024-01-01 | |`),
        out: "period | mentors\n2022 | 2\n2022-2023 | 3\n2023 | 3",
      },
      {
        is: "waits for a duo that started on the first or last day of the period",
        given: started(`R1 | B1 | D1 | 1 | 2019-05-01 | 2021-12-30 |
          R1 | B1 | D2 | 2 | 2021-12-31 | 2021-12-31 | 2021-12-30
          R1 | B1 | D3 | 3 | 2022-01-01 | 2022-12-21 | 2021-12-31
          R1 | B1 | D4 | 4 | 2022-12-31 | 2022-12-31 | 2022-12-21
          R1 | B1 | D5 | 5 | 2023-01-01 | 2023-02-01 | 2022-12-31`),
        where: "period <> '2022-2023'",
        out: "period | waited | median_days\n2022 | 1 | 5.5\n2023 | 1 | 1",
      },
      {
        is: "waits no day for a duo that starts the day the one before ends, and not at all where that still ran",
        given: started(`R1 | B1 | D1 | 1 | 2022-01-01 | 2022-06-01 |
          R1 | B1 | D2 | 2 | 2022-06-01 | | 2022-06-01
          R2 | B1 | D3 | 1 | 2022-01-01 | 2022-06-01 |
          R2 | B1 | D4 | 2 | 2022-05-31 | | 2022-06-01
          R3 | B1 | D5 | 1 | 2022-01-01 | 2022-06-01 |
          R3 | B1 | D6 | 2 | 2022-06-02 | | 2022-06-01`),
        where: "period = '2022'",
        out: "mentors | waited | median_days\n3 | 2 | 0.5",
      },
    ],
    nulls: [
      {
        is: "has no wait where the duo before has no end, and no mentor without a branch",
        given: started(`R1 | B1 | D1 | 1 | 2022-01-01 | |
          R1 | B1 | D2 | 2 | 2022-06-01 | |
          R2 | | D3 | 1 | 2022-01-01 | |`),
        where: "period = '2022'",
        out: "mentors | duos | waited | median_days\n1 | 2 | 0 |",
      },
    ],
  },
  "indicators.mentor_returns": {
    duplicates: [
      {
        is: "asks a mentor with many duos once: whether a second one began",
        given: started(`R1 | B1 | D1 | 1 | 2022-01-01 | 2022-02-01 |
          R1 | B1 | D2 | 2 | 2022-03-01 | 2022-04-01 | 2022-02-01
          R1 | B1 | D3 | 3 | 2022-05-01 | | 2022-04-01`),
        parameters: { as_of: "2022-06-30" },
        out: `period | since | mentors | returned
          2022 | 3 | 1 | 1
          2022 | all | 1 | 1
          2022-2023 | 3 | 1 | 1
          2022-2023 | all | 1 | 1`,
      },
    ],
    days: [
      {
        is: "asks about three months on the day that they are over, not the day before",
        given: started(`R1 | B1 | D1 | 1 | 2022-01-01 | 2022-03-29 |
          R2 | B1 | D2 | 1 | 2022-01-01 | 2022-03-30 |
          R3 | B1 | D3 | 1 | 2022-01-01 | 2022-04-01 |`),
        parameters: { as_of: "2022-06-30" },
        where: "period = '2022'",
        out: "since | mentors | returned\n3 | 2 | 0\nall | 3 | 0",
      },
      {
        is: "returns within three months before the day that they are over, not on it",
        given: started(`R1 | B1 | D1 | 1 | 2022-01-01 | 2022-02-01 |
          R1 | B1 | D2 | 2 | 2022-04-30 | | 2022-02-01
          R2 | B1 | D3 | 1 | 2022-01-01 | 2022-02-01 |
          R2 | B1 | D4 | 2 | 2022-05-01 | | 2022-02-01
          R3 | B1 | D5 | 1 | 2022-01-01 | 2022-02-01 |
          R3 | B1 | D6 | 2 | 2022-05-02 | | 2022-02-01`),
        parameters: { as_of: "2022-06-30" },
        where: "period = '2022'",
        out: "since | mentors | returned\n3 | 3 | 1\nall | 3 | 3",
      },
      {
        is: "asks in the year in which the first duo ended, on its first and last day too",
        given: started(`R1 | B1 | D1 | 1 | 2021-01-01 | 2021-12-31 |
          R2 | B1 | D2 | 1 | 2021-01-01 | 2022-01-01 |
          R3 | B1 | D3 | 1 | 2021-01-01 | 2022-12-31 |
          R4 | B1 | D4 | 1 | 2021-01-01 | 2023-01-01 |`),
        parameters: { as_of: "2023-02-01" },
        where: "since = 'all'",
        out: "period | mentors\n2022 | 2\n2022-2023 | 3\n2023 | 1",
      },
    ],
    nulls: [
      {
        is: "doesn't ask whose first duo runs, even where a second one has ended",
        given: started(`R1 | B1 | D1 | 1 | 2022-01-01 | |
          R1 | B1 | D2 | 2 | 2022-02-01 | 2022-03-01 |`),
        parameters: { as_of: "2024-06-30" },
        out: "period | since | mentors | returned",
      },
    ],
  },
  "indicators.mentor_capacity": {
    duplicates: [
      {
        is: "counts a mentor with two duos at once once, and tells of it",
        given: {
          ...given("staging.mentors", "mentor_id | branch_id | trained_on\nR1 | B1 | 2021-01-01\nR2 | B1 | 2021-01-01"),
          "programme.duos":
            "duo_id | mentor_id | started_on\nD1 | R1 | 2022-02-01\nD2 | R1 | 2022-03-01\nD3 | R2 | 2022-03-01",
        },
        where: "period = '2022'",
        out: "trained | active | several_duos\n2 | 2 | 1",
      },
    ],
    days: [
      {
        is: "counts who was trained by the last day of the year",
        given: given(
          "staging.mentors",
          "mentor_id | branch_id | trained_on\nR1 | B1 | 2022-12-30\nR2 | B1 | 2022-12-31\nR3 | B1 | 2023-01-01",
        ),
        where: "period <> '2022-2023'",
        out: "period | trained | waiting_first\n2022 | 2 | 2\n2023 | 3 | 3",
      },
      {
        is: "has a mentor in a duo from its start to the day before its end",
        given: {
          ...given(
            "staging.mentors",
            "mentor_id | branch_id | trained_on\nR1 | B1 | 2021-01-01\nR2 | B1 | 2021-01-01\nR3 | B1 | 2021-01-01\nR4 | B1 | 2022-06-01\nR5 | B1 | 2020-01-01",
          ),
          "programme.duos": `duo_id | mentor_id | started_on | ended_on
            D1 | R1 | 2022-12-31 |
            D2 | R2 | 2022-02-01 | 2022-12-31
            D3 | R3 | 2022-02-01 | 2023-01-01
            D4 | R4 | 2023-01-01 |
            D5 | R5 | 2022-12-31 | 2022-12-31`,
        },
        where: "period = '2022'",
        out: "trained | active | waiting_first | waiting_next | dormant\n5 | 2 | 1 | 2 | 0",
      },
      {
        is: "hasn't seen a mentor whose last duo, or training, lies 24 months back on the day",
        given: {
          ...given(
            "staging.mentors",
            "mentor_id | branch_id | trained_on\nR1 | B1 | 2020-12-30\nR2 | B1 | 2020-12-31\nR3 | B1 | 2021-01-01\nR4 | B1 | 2020-01-01",
          ),
          "programme.duos": "duo_id | mentor_id | started_on | ended_on\nD1 | R4 | 2020-06-01 | 2021-01-01",
        },
        where: "period = '2022'",
        out: "trained | waiting_first | waiting_next | dormant\n4 | 1 | 1 | 2",
      },
    ],
    nulls: [
      {
        is: "leaves out who isn't trained, and has a mentor wait for a first duo where one was matched only",
        given: {
          ...given("staging.mentors", "mentor_id | branch_id | trained_on\nR1 | B1 |\nR2 | B1 | 2022-01-01"),
          "programme.duos": "duo_id | mentor_id | matched_on | started_on\nD1 | R2 | 2022-02-01 |",
        },
        where: "period = '2022'",
        out: "trained | active | waiting_first\n1 | 0 | 1",
      },
    ],
  },
};
