import { cpSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { QuestionnaireCodebook } from "../../src/ingest/surveys/questionnaire-codebook.ts";
import { readExport } from "../../src/ingest/surveys/questionnaire-file.ts";
import { readSurvey, SurveyCodebook } from "../../src/ingest/surveys/survey.ts";
import { loadQuestionnaires } from "../../src/protocol/questionnaires.ts";
import { withProject } from "../support/ingest-project.ts";

const agreement = { A1: "1", A2: "2", A3: "3", A4: "4", A5: "5" };
const read = (text: string, codebook: object) =>
  readSurvey("in/export.csv", readDelimited(text), SurveyCodebook.parse(codebook));
const book = (columns: Readonly<Record<string, string>>, codes: Readonly<Record<string, string>>) => ({
  survey: "exit",
  respondent: { duo: { columns: ["duo"] } },
  questions: Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, { columns: [column], codes }])),
});

describe("Q1 and Q2: survey exports", () => {
  test.each(["Q1[SQ001]", "Q1_SQ001"])(
    "LimeSurvey with %s: partial answers apart, duplicates counted, the last submitted kept",
    (header) => {
      const found = read(
        `id,submitdate,lastpage,startlanguage,duo,${header}\n1,2022-01-18 11:09:56,4,fr,D1,A4\n2,,2,nl,D2,A1\n3,2022-01-20 10:00:00,4,fr,D1,A5\n`,
        book({ confident: "Q1_SQ001" }, agreement),
      );
      expect(found).toMatchObject({ tool: "limesurvey", received: 3, superseded: [{ id: "1" }] });
      expect(found.complete).toEqual([
        {
          id: "3",
          row: 4,
          complete: true,
          submitted: "2022-01-20 10:00:00",
          language: "fr",
          respondent: { duo: "D1" },
          answers: { confident: ["5"] },
        },
      ]);
      expect(found.partial.map(({ id }) => id)).toEqual(["2"]);
    },
  );

  test("LimeSurvey with the mark of UTF-8 glued to its first name, quoted or not", async () => {
    for (const id of ["id", '"id"']) {
      const text = `\ufeff${id},submitdate,lastpage,startlanguage,duo,Q1_SQ001\n1,2022-01-18 11:09:56,4,fr,D1,A4\n`;
      const table = await withProject({ "e.csv": text }, (folder) => readTable(`${folder}/e.csv`));
      const codebook = SurveyCodebook.parse(book({ confident: "Q1_SQ001" }, agreement));
      expect(readSurvey("e.csv", table, codebook)).toMatchObject({ tool: "limesurvey", complete: [{ id: "1" }] });
    }
  });

  test("a question that an export has in two columns is read from the one that is filled, and refused where they differ", () => {
    const codebook = book({ confident: "How sure are you?" }, agreement);
    const google = (first: string, second: string) =>
      read(
        `Timestamp,duo,How sure are you?,How sure are you?\n2022/01/18 11:09:56 AM GMT+1,D1,${first},${second}\n`,
        codebook,
      );
    expect(google("", "A4").complete[0]?.answers).toEqual({ confident: ["4"] });
    expect(google("A5", "A5").complete[0]?.answers).toEqual({ confident: ["5"] });
    expect(() => google("A1", "A4")).toThrow("row 2: 'confident' is answered in the columns");
  });

  test.each([
    [
      "Response ID,Date submitted,Last page,Start language,duo,How sure are you? [In general]",
      "How sure are you? [In general]",
    ],
    ["ID de la réponse,Date de soumission,Dernière page,Langue de départ,duo,Sûr ?", "Sûr ?"],
    [
      "id. Response ID,submitdate. Date submitted,lastpage. Last page,startlanguage. Start language,duo. Duo,Q1[SQ001]. How sure are you? [In general]",
      "Q1_SQ001",
    ],
  ])("LimeSurvey with the questions' texts for headings: %s", (header, column) => {
    const found = read(
      `${header}\n1,2022-01-18 11:09:56,4,fr,D1,A4\n2,,2,nl,D2,A1\n`,
      book({ confident: column }, agreement),
    );
    expect(found).toMatchObject({
      tool: "limesurvey",
      complete: [{ id: "1", submitted: "2022-01-18 11:09:56", language: "fr", answers: { confident: ["4"] } }],
      partial: [{ id: "2" }],
    });
  });

  test.each(["1980-01-01 00:00:00", "01/01/1980 00:00"])(
    "LimeSurvey's %s of a survey without days is a response without a day",
    (day) => {
      const found = read(
        `id,submitdate,lastpage,startlanguage,duo,Q1\n1,${day},4,fr,D1,A4\n2,,2,nl,D2,A1\n3,2022-01-18 11:09:56,4,fr,D1,A5\n`,
        book({ confident: "Q1" }, agreement),
      );
      expect(found.partial.map(({ id }) => id)).toEqual(["2"]);
      expect(found.complete).toMatchObject([{ id: "3" }]);
      expect(found.superseded).toMatchObject([{ id: "1", complete: true, submitted: "", undated: day }]);
    },
  );

  test("rows are those that a spreadsheet shows: blank lines count, the lines of a cell don't", () => {
    const text = `id,submitdate,lastpage,startlanguage,duo,Q1\n1,2022-01-18,4,fr,D1,A4\n\n2,2022-01-18,4,fr,"D\n2",A1\n\n\n3,2022-01-18,4,fr,D3,A9\n`;
    expect(() => read(text, book({ confident: "Q1" }, agreement))).toThrow("row 7, `Q1`: 'A9'");
    const found = read(text.replace("A9", "A5"), book({ confident: "Q1" }, agreement));
    expect(found.complete.map(({ row }) => row)).toEqual([2, 4, 7]);
  });

  test("KoboToolbox: an option's column is not the question of its name, two groups' questions of one name are told apart", () => {
    const export_ = (header: string, cells: string, column: string) =>
      read(
        `"_id";"_submission_time";"duo";${header}\n"7";"2022-01-18T11:09:56";"D1";${cells}\n`,
        book({ work: column }, agreement),
      );
    const options = ['"g/needs";"g/needs/work";"g/work"', '"work";"1";"A2"'] as const;
    expect(export_(...options, "work").complete[0]?.answers).toEqual({ work: ["2"] });
    const groups = ['"a/work";"b/work"', '"A1";"A3"'] as const;
    expect(() => export_(...groups, "work")).toThrow("write the whole header of the one that is meant");
    expect(export_(...groups, "b/work").complete[0]?.answers).toEqual({ work: ["3"] });
  });

  test("several answers in a cell may hold blanks and commas; a word that every object has is no answer", () => {
    const answers = { "At home": "h", "By phone, or online": "p", Elsewhere: "e" };
    const google = (cell: string) =>
      read(`Timestamp,duo,Where?\n18/01/2022 11:09:56,D1,"${cell}"\n`, {
        survey: "exit",
        respondent: { duo: { columns: ["duo"] } },
        questions: { where: { columns: ["Where?"], codes: answers, multiple: true } },
      });
    expect(google("At home, By phone, or online, Elsewhere").complete[0]?.answers).toEqual({ where: ["h", "p", "e"] });
    expect(google("At home;By phone, or online").complete[0]?.answers).toEqual({ where: ["h", "p"] });
    expect(() => google("constructor")).toThrow("'constructor' is not a known answer");
  });

  test("LimeSurvey's one blank record of an empty survey is no response", () => {
    const found = read(
      "id,submitdate,lastpage,startlanguage,duo,Q1[SQ001]\n,,,,,\n",
      book({ confident: "Q1_SQ001" }, agreement),
    );
    expect(found).toMatchObject({ received: 0, complete: [], partial: [], superseded: [] });
  });

  test("KoboToolbox: groups in the header, numbers as text, several answers in a cell", () => {
    const codebook = {
      survey: "exit",
      respondent: { duo: { columns: ["duo"] } },
      questions: {
        helped: { columns: ["helped"], codes: { cv: "cv", network: "network" }, multiple: true },
        score: { columns: ["score"] },
      },
    };
    const found = read(
      'duo;exit/helped;exit/score;_id;_uuid;_submission_time\n"D1";"cv network";"8";"1";"u-1";"2022-01-01T10:00:00"\n',
      codebook,
    );
    expect(found).toMatchObject({
      tool: "kobotoolbox",
      complete: [{ id: "u-1", answers: { helped: ["cv", "network"], score: ["8"] } }],
    });
  });

  test("Typeform: HTML in headers, language versions merge on the code", () => {
    const codebook = {
      survey: "exit",
      respondent: { duo: { columns: ["duo"] } },
      questions: {
        project: {
          columns: ["I have a concrete project", "J'ai un projet concret"],
          codes: { Agree: "4", "D'accord": "4" },
        },
      },
    };
    const english =
      "#,I have a <em>concrete</em> project,duo,Submit Date (UTC),Network ID\n4f,Agree,D1,2024-01-11 17:33:04,64\n";
    const french =
      "#,J'ai un projet <em>concret</em>,duo,Submit Date (UTC),Network ID\n5f,D'accord,D2,2024-01-12 17:33:04,65\n";
    for (const text of [english, french])
      expect(read(text, codebook)).toMatchObject({ tool: "typeform", complete: [{ answers: { project: ["4"] } }] });
  });

  test.each(["Timestamp", "Horodateur", "Tijdstempel"])("Google Forms by its first column, %s", (header) => {
    const found = read(`${header},duo,Q\n2024/01/11 10:00:00 AM,D1,A4\n`, book({ confident: "Q" }, agreement));
    expect(found).toMatchObject({ tool: "google-forms", received: 1, complete: [{ answers: { confident: ["4"] } }] });
  });

  test("Salesforce reports: #N/A is no answer, the lines below are no rows", () => {
    const report = `"Record ID","duo","Q"\n"a1","D1","A4"\n"a2","D2","#N/A"\n\n"DUO exit survey"\n"Copyright (c) 2000-2024 salesforce.com, inc. All rights reserved."\n"Confidential Information - Do Not Distribute"\n"Generated By: someone"\n`;
    const found = read(report, book({ confident: "Q" }, agreement));
    expect(found).toMatchObject({
      tool: "salesforce",
      received: 2,
      complete: [
        { id: "a1", answers: { confident: ["4"] } },
        { id: "a2", answers: {} },
      ],
    });
  });

  test("unknown answers and questions without a column are refused with row and column, all at once", () => {
    const text = "Timestamp,duo,Q\n2024/01/11,D1,A9\n2024/01/12,D2,A8\n";
    expect(() => read(text, book({ confident: "Q", other: "Q2" }, agreement))).toThrow(
      /row 2, `Q`: 'A9' is not a known answer[\s\S]*row 3, `Q`: 'A8'|no column for 'other'/,
    );
    const many = `Timestamp,duo,Q\n${"2024/01/11,D1,Helemal eens\n".repeat(300)}2024/01/12,D2,A8\n`;
    const known = {
      ...book({ confident: "Q" }, agreement),
      questions: { q: { columns: ["Q"], codes: { "Helemaal eens": "5" } } },
    };
    expect(() => read(many, known)).toThrow(
      /^\S+ row 2, `Q`: 'Helemal eens' is not a known answer; add it to the codebook, or correct it: did you mean 'Helemaal eens'\? There are Helemaal eens \(the first of 300 rows\)\n\S+ row 302, `Q`: 'A8' is not [^\n]*$/,
    );
    expect(() => read("a,b\n1,2\n", book({ confident: "Q" }, agreement))).toThrow("none of their marks");
  });
});

test("what is told of a response names its row in a spreadsheet, and that its day is none", async () => {
  const text =
    "id,submitdate,lastpage,startlanguage,duo,Q1\n\n1,1980-01-01 00:00:00,4,fr,D1,5\n2,2022-01-18,4,fr,D9,5\n3,2022-01-18,4,fr,D1\n";
  const words = { en: "a", fr: "b", nl: "c" };
  const codebook = QuestionnaireCodebook.parse({
    ...{ questionnaire: "q", title: words, scales: {}, themes: {}, roles: { mentee: words, mentor: words } },
    waves: { entry: words, end: words, alumni: words },
    items: [{ item: "recommend", kind: "nps", text: words }],
    exports: [
      {
        ...{
          export: "e",
          files: "e.csv",
          respondent: { duo: { columns: ["duo"] }, role: { is: "mentee" }, wave: { is: "entry" } },
        },
        answers: { recommend: { columns: ["Q1"] } },
      },
    ],
  });
  const [own] = codebook.exports;
  if (own === undefined) throw new Error("no export");
  const duos = new Map([["D1", { startedOn: "2022-01-01", endedOn: "" }]]);
  const read = await withProject({ "e.csv": text }, (folder) => readExport(codebook, own, folder, "e.csv", duos));
  expect(read.problems.map(({ row, rule, column, value, detail }) => [row, rule, column, value, detail])).toEqual([
    [4, "unknown_duo", "duo", "D9", ""],
    [3, "undated", "submitdate", "1980-01-01 00:00:00", ""],
    [2, "read_with_doubt", "", "", "blank_line"],
    [5, "read_with_doubt", "", "", "short_row"],
  ]);
  expect(read.responses[0]).toMatchObject({ day: null, response: { complete: true } });
});

test("R7: codebook and approved quotes are the same settings wherever the project stands", async () => {
  const here = loadQuestionnaires("pipelines", { codebook: "duo" });
  await withProject({}, async (folder) => {
    cpSync(join("pipelines", "questionnaires"), join(folder, "questionnaires"), { recursive: true });
    expect(loadQuestionnaires(folder, { codebook: "duo" })).toEqual(here);
  });
  expect(here?.approved.length).toBeGreaterThan(0);
});
