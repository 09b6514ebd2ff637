import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { type CatalogueEntry, sqlOf } from "../../src/catalogue/catalogue.ts";
import { QUESTIONNAIRES, SURVEY_STAGED } from "../../src/catalogue/questionnaires.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { surveyQuotes } from "../../src/indicators/questionnaire.ts";
import type { SurveySettings } from "../../src/indicators/questionnaire-settings.ts";
import { packageRoot } from "../../src/package-root.ts";
import { printTable, type StagedTables, stagedEngine, trimmed } from "../support/tables.ts";

const SURVEY: SurveySettings = {
  codebook: {
    items: [
      { item: "project", kind: "likert", theme: "support", scale: "agreement", reversed: false },
      { item: "recommend", kind: "nps", reversed: false },
    ],
    scales: {
      agreement: { answers: ["1", "2", "3"].map((code) => ({ code, neutral: code === "2", noAnswer: false })) },
    },
  },
  privacyMinimum: 2,
  reliabilityMinimum: 4,
  improve: { lowest: 1, waves: ["end"] },
};
const SETTINGS = { years: [2022, 2023], asOf: "2024-06-30", survey: SURVEY };
const PEOPLE: StagedTables = {
  branches: "branch_id | region\nB1 | brussels\nF1 | flanders",
  mentees: "mentee_id | branch_id\nM1 | B1\nM2 | B1\nM3 | F1",
  mentors: "mentor_id | branch_id\nR1 | B1\nR2 | F1",
};
const duos = (rows: string): StagedTables => ({
  ...PEOPLE,
  duos: `duo_id | mentee_id | mentor_id | branch_id | started_on | ended_on\n${rows}`,
});

type Row = Readonly<Record<string, string | number | boolean | null>>;
interface Survey {
  readonly responses?: readonly Row[];
  readonly answers?: readonly Row[];
  readonly quotes?: readonly Row[];
  readonly exports?: readonly Row[];
}
const ALL_DUOS = [{ export: "all", started_from: null, started_to: null }];

/** A response: duo, role, wave, day and what else differs. */
const response = (duo_id: string, role: string, wave: string, submitted_on: string | null, complete = true): Row => ({
  ...{ response_id: `${duo_id}-${role}-${wave}`, duo_id, role, wave, submitted_on, complete },
  ...{ language: "fr", source_file: "in/export.csv", source_row: 2 },
});

let engine: SqlEngine | undefined;
afterEach(async () => engine?.close());

async function staged(tables: StagedTables, survey: Survey): Promise<SqlEngine> {
  engine = await stagedEngine(tables);
  for (const [name, entry] of Object.entries(SURVEY_STAGED)) {
    const rows = survey[name as keyof Survey] ?? (name === "exports" ? ALL_DUOS : []);
    await engine.build(sqlOf(entry), entry.grain, { rows: JSON.stringify(rows) });
  }
  return engine;
}

async function printed(own: SqlEngine, entry: CatalogueEntry, columns: string, where = "true"): Promise<string> {
  const names = columns.split(",").map((column) => column.trim());
  const text = `select ${names.join(", ")} from ${entry.name} where ${where} order by all`;
  return printTable(await own.rows({ name: entry.name, text }), names);
}

/** Builds the programme's year over the staged tables and prints columns of one table. */
async function built(
  tables: StagedTables,
  survey: Survey,
  entry: CatalogueEntry,
  columns: string,
  where = "true",
): Promise<string> {
  const own = await staged(tables, survey);
  await programmeFindings(own, SETTINGS);
  return printed(own, entry, columns, where);
}

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
