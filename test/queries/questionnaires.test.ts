import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type CatalogueEntry, sqlOf } from "../../src/catalogue/catalogue.ts";
import { QUESTIONNAIRES, SURVEY_STAGED } from "../../src/catalogue/questionnaires.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { surveyQuotes } from "../../src/indicators/questionnaire.ts";
import { packageRoot } from "../../src/package-root.ts";
import { built, duos, PEOPLE, printed, response, SETTINGS, SURVEY, staged } from "../support/survey-tables.ts";
import { trimmed } from "../support/tables.ts";

describe("staged questionnaires", () => {
  test.each(Object.values(SURVEY_STAGED).map((entry) => [entry.name, entry] as const))(
    "%s has the columns and types that are declared, and no row where none arrived",
    async (_, entry) => {
      const own = await staged({}, { exports: [] });
      const columns = await own.describe(sqlOf(entry), { rows: "[]" });
      expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual(entry.columns);
      expect(await own.rows({ name: entry.name, text: `select * from ${entry.name}` })).toEqual([]);
    },
  );

  test("a response without a day and an answer without a number stay without", async () => {
    const own = await staged(PEOPLE, {
      responses: [response("D1", "mentee", "entry", null, false)],
      answers: [{ response_id: "D1-mentee-entry", item: "helped", code: "visits", number: null }],
      quotes: [{ response_id: "D1-mentee-entry", item: "comment", text: 'C\'est « bien »; "oui"' }],
      exports: [{ export: "a", started_from: "2022-01-01", started_to: null }],
    });
    expect(await printed(own, SURVEY_STAGED.responses, "response_id, submitted_on, complete, source_row")).toBe(
      trimmed(`
        response_id     | submitted_on | complete | source_row
        D1-mentee-entry |              | false    | 2`),
    );
    expect(await printed(own, SURVEY_STAGED.answers, "item, code, number")).toBe(
      "item | code | number\nhelped | visits | ",
    );
    expect(await printed(own, SURVEY_STAGED.quotes, "text")).toBe('text\nC\'est « bien »; "oui"');
    expect(await printed(own, SURVEY_STAGED.exports, "export, started_from, started_to")).toBe(
      "export | started_from | started_to\na | 2022-01-01 | ",
    );
  });

  test("two responses for one duo, role and wave stop the run: one of them should have been left behind", async () => {
    const twice = [response("D1", "mentee", "entry", "2022-01-02"), response("D1", "mentee", "entry", "2022-01-03")];
    await expect(staged(PEOPLE, { responses: twice })).rejects.toThrow(/staging\.survey_responses/);
  });
});

describe("who was asked", () => {
  const columns = "duo_id, role, wave, person_id, reached_on, status";

  test("entry, end and a year later are reached on the day itself, not before it; a day after the data isn't reached", async () => {
    const rows = await built(
      duos(`D1 | M1 | R1 | B1 | 2022-12-31 | 2023-06-30
            D2 | M2 | R2 | B1 | 2023-01-01 | 2023-07-01
            D3 | M3 | R2 | F1 | 2024-07-01 |`),
      {
        responses: [
          response("D1", "mentee", "entry", "2024-06-30"),
          response("D2", "mentee", "entry", "2024-07-01"),
          response("D1", "mentee", "end", null, false),
          response("D1", "mentee", "alumni", "2024-06-30"),
          response("D2", "mentee", "alumni", "2024-06-30"),
        ],
      },
      QUESTIONNAIRES.asked,
      columns,
    );
    expect(rows).toBe(
      trimmed(`
        duo_id | role   | wave   | person_id | reached_on | status
        D1     | mentee | alumni | M1        | 2024-06-30 | complete
        D1     | mentee | end    | M1        | 2023-06-30 | partial
        D1     | mentee | entry  | M1        | 2022-12-31 | complete
        D2     | mentee | end    | M2        | 2023-07-01 | none`),
    );
  });

  test("a year later, on 29 February, is the last day of February", async () => {
    const rows = await built(
      duos("D1 | M1 | R1 | B1 | 2022-09-01 | 2023-02-28\nD2 | M2 | R1 | B1 | 2022-10-01 | 2023-03-01"),
      { responses: [response("D1", "mentor", "alumni", "2024-03-05")] },
      QUESTIONNAIRES.asked,
      "duo_id, role, reached_on",
    );
    expect(rows).toBe("duo_id | role | reached_on\nD1 | mentor | 2024-02-28\nD2 | mentor | 2024-03-01");
  });

  test("duos that started before, on and after the days that an export asked: the days themselves count", async () => {
    const rows = await built(
      duos(`D1 | M1 | R1 | B1 | 2022-02-28 |
            D2 | M2 | R1 | B1 | 2022-03-01 |
            D3 | M3 | R2 | F1 | 2022-04-30 |
            D4 | M3 | R2 | F1 | 2022-05-01 |`),
      {
        responses: [response("D2", "mentee", "entry", "2022-03-10")],
        exports: [
          { export: "a", started_from: "2022-03-01", started_to: "2022-04-30" },
          { export: "b", started_from: "2022-03-01", started_to: "2022-03-31" },
        ],
      },
      QUESTIONNAIRES.asked,
      "duo_id, role, status",
    );
    expect(rows).toBe("duo_id | role | status\nD2 | mentee | complete\nD3 | mentee | none");
  });

  test("a side without a person isn't asked, and without any answer in a year nobody was", async () => {
    const rows = await built(
      duos("D1 | M1 | | B1 | 2022-03-01 |\nD2 | M2 | R1 | B1 | 2023-03-01 |"),
      { responses: [response("D1", "mentee", "entry", "2022-03-02"), response("D1", "mentor", "entry", "2022-03-02")] },
      QUESTIONNAIRES.asked,
      "duo_id, role",
    );
    expect(rows).toBe("duo_id | role\nD1 | mentee");
  });

  test("nobody answered: every table of the questionnaires is empty, with the columns that are declared", async () => {
    const own = await staged({}, {});
    expect((await programmeFindings(own, SETTINGS)).filter(({ metric }) => metric.startsWith("survey_"))).toEqual([]);
    for (const entry of Object.values<CatalogueEntry>(QUESTIONNAIRES)) {
      const bound = "as_of" in entry.parameters ? { as_of: "2024-06-30" } : {};
      const described = await own.describe(sqlOf(entry), bound);
      expect(Object.fromEntries(described.map(({ name, type }) => [name, type])), entry.name).toEqual(entry.columns);
      expect(sqlOf(entry).text).toMatch(/^-- One row per /);
      expect(await own.rows({ name: entry.name, text: `select * from ${entry.name}` })).toEqual([]);
    }
    expect(await surveyQuotes(own, SURVEY)).toEqual([]);
  });

  test("every survey query is catalogued", () => {
    const files = ["staging", "programme", "indicators"].flatMap((folder) =>
      readdirSync(join(packageRoot(), "queries", folder))
        .filter((file) => file.startsWith("survey_"))
        .map((file) => `${folder}.${file.replace(/\.sql$/, "")}`),
    );
    const entries: readonly CatalogueEntry[] = [...Object.values(SURVEY_STAGED), ...Object.values(QUESTIONNAIRES)];
    expect(files.sort()).toEqual(entries.map(({ name }) => name).sort());
  });
});
