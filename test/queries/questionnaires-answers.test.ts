import { describe, expect, test } from "vitest";
import { QUESTIONNAIRES } from "../../src/catalogue/questionnaires.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { surveyQuotes } from "../../src/indicators/questionnaire.ts";
import { built, duos, type Row, response, SETTINGS, SURVEY, type Survey, staged } from "../support/survey-tables.ts";
import { trimmed } from "../support/tables.ts";

/** M1 had two duos of 2022 and answered for both; M2 one of 2023; M3, in Flanders, one of 2022, in part. */
const THREE = duos(`D1 | M1 | R1 | B1 | 2022-01-10 |
                    D2 | M1 | R1 | B1 | 2022-08-10 |
                    D3 | M2 | R1 | B1 | 2023-01-10 |
                    D4 | M3 | R2 | F1 | 2022-05-10 |`);
const answered: Survey = {
  responses: [
    response("D1", "mentee", "entry", "2022-09-01"),
    response("D2", "mentee", "entry", "2022-09-01"),
    response("D3", "mentee", "entry", "2023-02-01"),
    response("D4", "mentee", "entry", null, false),
  ],
  answers: [
    ["D1-mentee-entry", "project", "1", 1],
    ["D2-mentee-entry", "project", "3", 3],
    ["D2-mentee-entry", "helped", "visits", null],
    ["D2-mentee-entry", "helped", "workshops", null],
    ["D3-mentee-entry", "project", "3", 3],
    ["D3-mentee-entry", "helped", "visits", null],
    ["D4-mentee-entry", "project", "2", 2],
  ].map(([response_id = null, item = null, code = null, number = null]) => ({ response_id, item, code, number })),
};

describe("respondents and their answers", () => {
  test("a person who answered for two duos of a period counts once in it, with the later duo where the day is the same", async () => {
    const rows = await built(THREE, answered, QUESTIONNAIRES.respondents, "period, person_id, response_id");
    expect(rows).toBe(
      trimmed(`
        period    | person_id | response_id
        2022      | M1        | D2-mentee-entry
        2022-2023 | M1        | D2-mentee-entry
        2022-2023 | M2        | D3-mentee-entry
        2023      | M2        | D3-mentee-entry`),
    );
  });

  test("duos asked, answered and answered in part by place and period; persons apart", async () => {
    const rows = await built(
      THREE,
      answered,
      QUESTIONNAIRES.responses,
      "region, level, period, invited, complete, partial, persons",
      "level = 'total'",
    );
    expect(rows).toBe(
      trimmed(`
        region   | level | period    | invited | complete | partial | persons
        brussels | total | 2022      | 2       | 2        | 0       | 1
        brussels | total | 2022-2023 | 3       | 3        | 0       | 2
        brussels | total | 2023      | 1       | 1        | 0       | 1
        flanders | total | 2022      | 1       | 0        | 1       | 0
        flanders | total | 2022-2023 | 1       | 0        | 1       | 0
        network  | total | 2022      | 3       | 2        | 1       | 1
        network  | total | 2022-2023 | 4       | 3        | 1       | 2
        network  | total | 2023      | 1       | 1        | 0       | 1`),
    );
  });

  test("answers by persons: several ticked are one person, partial answers and earlier ones don't count", async () => {
    const rows = await built(
      THREE,
      answered,
      QUESTIONNAIRES.answers,
      "region, item, code, number, persons, answered",
      "period = '2022-2023'",
    );
    expect(rows).toBe(
      trimmed(`
        region   | item    | code      | number | persons | answered
        brussels | helped  | visits    |        | 2       | 2
        brussels | helped  | workshops |        | 1       | 2
        brussels | project | 3         | 3      | 2       | 2
        network  | helped  | visits    |        | 2       | 2
        network  | helped  | workshops |        | 1       | 2
        network  | project | 3         | 3      | 2       | 2`),
    );
  });

  test("scores are the answers on a scale, each respondent's once, by region", async () => {
    const rows = await built(THREE, answered, QUESTIONNAIRES.scores, "period, region, response_id, item, number");
    expect(rows).toBe(
      trimmed(`
        period    | region   | response_id     | item    | number
        2022      | brussels | D2-mentee-entry | project | 3
        2022-2023 | brussels | D2-mentee-entry | project | 3
        2022-2023 | brussels | D3-mentee-entry | project | 3
        2023      | brussels | D3-mentee-entry | project | 3`),
    );
  });
});

describe("quotes", () => {
  const FOUR = duos(`D1 | M1 | R1 | B1 | 2022-01-10 |
                     D2 | M2 | R1 | B1 | 2022-08-10 |
                     D3 | M3 | R2 | F1 | 2022-05-10 |`);
  const responses = [
    response("D1", "mentee", "entry", "2022-02-01"),
    response("D2", "mentee", "entry", "2022-09-01"),
    response("D3", "mentee", "entry", "2022-06-01"),
    response("D3", "mentor", "entry", "2022-06-01"),
  ];
  const quote = (id: string): Row => ({ response_id: `${id}-entry`, item: "comment", text: `words of ${id}` });
  const quotes = ["D1-mentee", "D3-mentee", "D3-mentor"].map(quote);

  test("each stands once, with the persons of its role who answered in the year, in its region and in all", async () => {
    const rows = await built(
      FOUR,
      { responses, quotes: [...quotes, quote("D9-mentee")] },
      QUESTIONNAIRES.quotes,
      "period, region, role, text, respondents, network_respondents",
    );
    expect(rows).toBe(
      trimmed(`
        period | region   | role   | text               | respondents | network_respondents
        2022   | brussels | mentee | words of D1-mentee | 2           | 3
        2022   | flanders | mentee | words of D3-mentee | 1           | 3
        2022   | flanders | mentor | words of D3-mentor | 1           | 1`),
    );
  });

  test("in a region with too few respondents the network stands for it; with too few in all nobody is quoted", async () => {
    const own = await staged(FOUR, { responses, quotes });
    await programmeFindings(own, SETTINGS);
    expect(await surveyQuotes(own, SURVEY)).toEqual([
      { period: "2022", region: "brussels", role: "mentee", item: "comment", text: "words of D1-mentee" },
      { period: "2022", region: "network", role: "mentee", item: "comment", text: "words of D3-mentee" },
    ]);
    expect(await surveyQuotes(own, { privacyMinimum: 4 })).toEqual([]);
  });
});
