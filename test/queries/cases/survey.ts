import type { QueryCases } from "../../support/query-cases.ts";
import { PERIODS, PLACE, PLACED } from "./places.ts";

const AS_OF = { as_of: "2024-06-30" };
const DUOS = "duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on";
const ALL = "export | started_from | started_to\nall | |";
const RESPONSES = "response_id | duo_id | role | wave | submitted_on | complete";
const ASKED = "duo_id | role | wave | person_id | branch_id | reached_on | response_id | submitted_on | status";
const RESPONDENTS = "period | role | wave | person_id | branch_id | response_id";

const scores = (answers: string): Readonly<Record<string, string>> => ({
  "programme.places": `${PLACE}\nB1 | network | total | total`,
  "programme.survey_respondents": `${RESPONDENTS}
    2022 | mentee | end | M1 | B1 | A1
    2022 | mentee | end | M2 | B1 | A2`,
  "staging.survey_answers": `response_id | item | code | number\n${answers}`,
});

export const SURVEY_CASES: Readonly<Record<string, QueryCases>> = {
  "programme.survey_asked": {
    duplicates: [
      {
        is: "asks a duo once that several exports ask",
        given: {
          "programme.duos": `${DUOS}\nD1 | M1 | R1 | B1 | 2022-03-01 |`,
          "staging.survey_exports": "export | started_from | started_to\na | 2022-01-01 |\nb | | 2022-12-31",
          "staging.survey_responses": `${RESPONSES}\nA1 | D1 | mentee | entry | 2022-03-02 | true`,
        },
        parameters: AS_OF,
        out: "duo_id | role | wave | status\nD1 | mentee | entry | complete",
      },
    ],
    days: [
      {
        is: "asks duos that started in an export's days, its first and last too",
        given: {
          "programme.duos": `${DUOS}
            D1 | M1 | R1 | B1 | 2022-02-28 |
            D2 | M2 | R1 | B1 | 2022-03-01 |
            D3 | M3 | R1 | B1 | 2022-04-30 |
            D4 | M4 | R1 | B1 | 2022-05-01 |`,
          "staging.survey_exports": "export | started_from | started_to\na | 2022-03-01 | 2022-04-30",
          "staging.survey_responses": `${RESPONSES}\nA2 | D2 | mentee | entry | 2022-03-02 | true`,
        },
        parameters: AS_OF,
        out: "duo_id | status\nD2 | complete\nD3 | none",
      },
      {
        is: "reaches a wave, and hears an answer, by the day of the data",
        given: {
          "programme.duos": `${DUOS}
            D1 | M1 | R1 | B1 | 2024-06-29 |
            D2 | M2 | R1 | B1 | 2024-06-30 |
            D3 | M3 | R1 | B1 | 2024-07-01 |
            D4 | M4 | R1 | B1 | 2024-01-01 |`,
          "staging.survey_exports": ALL,
          "staging.survey_responses": `${RESPONSES}
            A1 | D1 | mentee | entry | 2024-06-30 | true
            A4 | D4 | mentee | entry | 2024-07-01 | true`,
        },
        parameters: AS_OF,
        out: "duo_id | reached_on | status\nD1 | 2024-06-29 | complete\nD2 | 2024-06-30 | none\nD4 | 2024-01-01 | none",
      },
      {
        is: "reaches the alumni's wave twelve months after the end",
        given: {
          "programme.duos": `${DUOS}
            D1 | M1 | R1 | B1 | 2022-12-01 | 2023-06-29
            D2 | M2 | R1 | B1 | 2022-12-01 | 2023-06-30
            D3 | M3 | R1 | B1 | 2022-12-01 | 2023-07-01`,
          "staging.survey_exports": ALL,
          "staging.survey_responses": `${RESPONSES}\nA1 | D1 | mentee | alumni | 2024-06-30 | false`,
        },
        parameters: AS_OF,
        out: "duo_id | wave | reached_on | status\nD1 | alumni | 2024-06-29 | partial\nD2 | alumni | 2024-06-30 | none",
      },
    ],
    nulls: [
      {
        is: "asks nobody where there is no mentor or no start, and counts an answer without a day",
        given: {
          "programme.duos": `${DUOS}\nD1 | M1 | | B1 | 2022-03-01 |\nD2 | M2 | R1 | B1 | |`,
          "staging.survey_exports": ALL,
          "staging.survey_responses": `${RESPONSES}
            A1 | D1 | mentee | entry | | false
            A2 | D1 | mentor | entry | 2022-03-02 | true
            A3 | D2 | mentee | entry | 2022-03-02 | true`,
        },
        parameters: AS_OF,
        out: "duo_id | role | submitted_on | status\nD1 | mentee | | partial",
      },
    ],
  },
  "programme.survey_respondents": {
    duplicates: [
      {
        is: "has a person who answered for several duos of a period once, by the last response",
        given: {
          "programme.periods": PERIODS,
          "programme.survey_asked": `${ASKED}
            D1 | mentor | end | R1 | B1 | 2022-03-01 | A1 | 2022-09-02 | complete
            D2 | mentor | end | R1 | B1 | 2022-08-01 | A2 | 2022-09-01 | complete
            D3 | mentor | end | R2 | B1 | 2022-03-01 | A3 | 2022-09-01 | complete
            D4 | mentor | end | R2 | B1 | 2022-03-01 | A4 | 2022-09-01 | complete
            D5 | mentor | end | R3 | B1 | 2022-08-01 | A5 | 2022-09-01 | complete
            D6 | mentor | end | R3 | B1 | 2022-03-01 | A6 | 2022-09-01 | complete`,
        },
        where: "period = '2022'",
        out: "person_id | response_id\nR1 | A1\nR2 | A4\nR3 | A5",
      },
    ],
    days: [
      {
        is: "counts a response in the year in which the duo reached the wave",
        given: {
          "programme.periods": PERIODS,
          "programme.survey_asked": `${ASKED}
            D1 | mentee | end | M1 | B1 | 2021-12-31 | A1 | 2022-02-01 | complete
            D2 | mentee | end | M2 | B1 | 2022-01-01 | A2 | 2022-02-01 | complete
            D3 | mentee | end | M3 | B1 | 2022-12-31 | A3 | 2023-02-01 | complete
            D4 | mentee | end | M4 | B1 | 2023-01-01 | A4 | 2023-02-01 | complete`,
        },
        out: `period | response_id
          2022 | A2
          2022 | A3
          2022-2023 | A2
          2022-2023 | A3
          2022-2023 | A4
          2023 | A4`,
      },
    ],
    nulls: [
      {
        is: "takes a response with a day before one without, and one without where there is no other; partial ones never",
        given: {
          "programme.periods": PERIODS,
          "programme.survey_asked": `${ASKED}
            D1 | mentor | end | R1 | B1 | 2022-03-01 | A1 | 2022-09-02 | complete
            D2 | mentor | end | R1 | B1 | 2022-08-01 | A2 | | complete
            D3 | mentor | end | R2 | B1 | 2022-08-01 | A3 | | complete
            D4 | mentor | end | R3 | B1 | 2022-08-01 | A4 | 2022-09-02 | partial
            D5 | mentor | end | R4 | B1 | 2022-08-01 | | | none`,
        },
        where: "period = '2022'",
        out: "person_id | response_id\nR1 | A1\nR2 | A3",
      },
    ],
  },
  "programme.survey_scores": {
    duplicates: [
      {
        is: "has a respondent's score once, in the region",
        given: scores("A1 | project | 3 | 3\nA2 | project | 3 | 3"),
        out: "region | response_id | item | number\nbrussels | A1 | project | 3\nbrussels | A2 | project | 3",
      },
      {
        is: "stops where one response scores an item twice",
        given: scores("A1 | project | 3 | 3\nA1 | project | 4 | 4"),
        out: /2 rows but 1 distinct values of its grain/,
      },
    ],
    days: "it reads no day: respondents have their period already",
    nulls: [
      {
        is: "has no score of an answer that isn't on a scale, nor of a response that isn't counted",
        given: scores("A1 | helped | visits |\nA9 | project | 3 | 3"),
        out: "response_id | item | number",
      },
    ],
  },
  "indicators.survey_answers": {
    duplicates: [
      {
        is: "counts several answers ticked as one person, and equal answers of two as two",
        given: scores("A1 | helped | visits |\nA1 | helped | workshops |\nA2 | helped | visits |"),
        where: "region = 'brussels'",
        out: "item | code | persons | answered\nhelped | visits | 2 | 2\nhelped | workshops | 1 | 2",
      },
    ],
    days: "it reads no day: respondents have their period already",
    nulls: [
      {
        is: "keeps an answer without a number, and leaves out who isn't counted or has no branch",
        given: {
          ...scores("A1 | helped | visits |\nA9 | helped | visits |\nA3 | helped | visits |"),
          "programme.survey_respondents": `${RESPONDENTS}
            2022 | mentee | end | M1 | B1 | A1
            2022 | mentee | end | M3 | | A3`,
        },
        where: "region = 'brussels'",
        out: "code | number | persons | answered\nvisits | | 1 | 1",
      },
    ],
  },
  "indicators.survey_quotes": {
    duplicates: [
      {
        is: "counts a person of a role once in a year, whatever the waves answered, and gives a quote once",
        given: {
          "staging.branches": "branch_id | region\nB1 | brussels\nF1 | flanders",
          "staging.survey_quotes": "response_id | item | text\nA1 | comment | good",
          "programme.survey_respondents": `${RESPONDENTS}
            2022 | mentee | entry | M1 | B1 | A1
            2022 | mentee | end | M1 | B1 | A2
            2022 | mentee | end | M2 | F1 | A3
            2022 | mentor | end | R1 | B1 | A4
            2022-2023 | mentee | entry | M1 | B1 | A1`,
        },
        out: "period | region | text | respondents | network_respondents\n2022 | brussels | good | 1 | 2",
      },
    ],
    days: "it reads no day: respondents have their period already",
    nulls: [
      {
        is: "gives no quote of a response that isn't counted, or of a branch that nobody knows",
        given: {
          "staging.branches": "branch_id | region\nB1 | brussels",
          "staging.survey_quotes": "response_id | item | text\nA1 | comment | good\nA9 | comment | bad",
          "programme.survey_respondents": `${RESPONDENTS}\n2022 | mentee | entry | M1 | | A1`,
        },
        out: "period | region | text",
      },
    ],
  },
  "indicators.survey_responses": {
    duplicates: [
      {
        is: "counts duos, and the persons behind them once",
        given: {
          ...PLACED,
          "programme.survey_asked": `${ASKED}
            D1 | mentor | end | R1 | B1 | 2022-03-01 | A1 | 2022-09-02 | complete
            D2 | mentor | end | R1 | B1 | 2022-08-01 | A2 | 2022-09-01 | complete
            D3 | mentor | end | R2 | B1 | 2022-08-01 | A3 | 2022-09-01 | partial
            D4 | mentor | end | R3 | B1 | 2022-08-01 | | | none`,
          "programme.survey_respondents": `${RESPONDENTS}
            2022 | mentor | end | R1 | B1 | A1
            2022-2023 | mentor | end | R1 | B1 | A1`,
        },
        out: "period | invited | complete | partial | persons\n2022 | 4 | 2 | 1 | 1\n2022-2023 | 4 | 2 | 1 | 1",
      },
    ],
    days: [
      {
        is: "asks in the year in which the duo reached the wave, on its first and last day too",
        given: {
          ...PLACED,
          "programme.survey_asked": `${ASKED}
            D1 | mentee | end | M1 | B1 | 2021-12-31 | | | none
            D2 | mentee | end | M2 | B1 | 2022-01-01 | | | none
            D3 | mentee | end | M3 | B1 | 2022-12-31 | | | none
            D4 | mentee | end | M4 | B1 | 2023-01-01 | | | none`,
        },
        out: "period | invited | persons\n2022 | 2 | 0\n2022-2023 | 3 | 0\n2023 | 1 | 0",
      },
    ],
    nulls: [
      {
        is: "asks nowhere without a branch",
        given: {
          ...PLACED,
          "programme.survey_asked": `${ASKED}\nD1 | mentee | end | M1 | | 2022-01-01 | | | none`,
        },
        out: "period | invited",
      },
    ],
  },
};
