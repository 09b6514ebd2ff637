import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readFileText } from "../../src/ingest/files/read-command.ts";
import { doubtIn } from "../../src/ingest/rules/read-doubts.ts";
import { ROW_RULES } from "../../src/ingest/rules/rules.ts";
import { SENTENCES } from "../../src/ingest/rules/sentences.ts";
import { ingested, programme, withProject } from "../support/ingest-project.ts";

test("every rule has its sentence in three languages, with the same details", () => {
  expect(Object.keys(SENTENCES).sort()).toEqual(ROW_RULES.map(({ code }) => code).sort());
  for (const { code, sentence } of ROW_RULES)
    for (const text of [SENTENCES[code]?.fr, SENTENCES[code]?.nl])
      expect(text?.includes("{detail}")).toBe(sentence.includes("{detail}"));
});

test.each([
  ["fr", "in/duos.csv ligne 2, `started_on`: 'x' n'est pas une date (attendu : AAAA-MM-JJ)"],
  ["nl", "in/duos.csv rij 2, `started_on`: 'x' is geen datum (verwacht: JJJJ-MM-DD)"],
] as const)("rejects speak the sender's language: %s", async (language, message) => {
  const given = programme(["D1,E1,M1,B1,x,"]);
  await ingested(
    given.files,
    given.mappings,
    async ({ rows }) => expect(await rows("select message from staging.rejects")).toEqual([{ message }]),
    { language },
  );
});

test.each([
  ["en", ["in/duos.csv row 2", "in/duos.csv row 2", "(3 instead of 6)", "(expected YYYY-MM-DD or DD/MM/YYYY)"]],
  ["fr", ["in/duos.csv ligne 2", "in/duos.csv ligne 2", "(3 au lieu de 6)", "(attendu : AAAA-MM-JJ ou JJ/MM/AAAA)"]],
  ["nl", ["in/duos.csv rij 2", "in/duos.csv rij 2", "(3 in plaats van 6)", "(verwacht: JJJJ-MM-DD of DD/MM/JJJJ)"]],
] as const)(
  "what a sentence refers to is in the sender's language too: %s",
  async (language, [same, other, cells, dates]) => {
    const given = programme([
      "D1,E1,M1,B1,2014-03-01,",
      "D1,E1,M1,B1,2014-03-01,",
      "D1,E2,M1,B1,2014-03-01,",
      "D2,E2,M1",
      "D3,E2,M1,B1,x,",
    ]);
    const mappings = given.mappings.map((own) => JSON.parse(JSON.stringify(own)));
    for (const { tables } of mappings) for (const one of tables) one.dates = ["YYYY-MM-DD", "DD/MM/YYYY"];
    await ingested(
      given.files,
      mappings,
      async ({ rows, summary }) => {
        const messages = (await rows("select rule, remedy from staging.rejects where severity = 'reject'")).map(
          ({ rule, remedy }) => [rule, remedy],
        );
        const quality = summary.quality.rules.map(({ rule, remedy }) => [rule, remedy[language]]);
        for (const texts of [messages, quality])
          for (const [rule, words] of [
            ["duplicate", same],
            ["contradiction", other],
            ["ragged", cells],
            ["not_a_date", dates],
          ])
            expect(texts).toContainEqual([rule, expect.stringContaining(words ?? "")]);
      },
      { language },
    );
  },
);

test("every warning of a reader has its meaning in three languages, for rows that go back", () => {
  const folder = new URL("../../src/ingest/", import.meta.url);
  const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => readFileSync(new URL(name, folder), "utf8"));
  const called = sources.flatMap((text) =>
    [...text.matchAll(/warning\(\s*"([a-z_]+)"/g)].map(([, code]) => code ?? ""),
  );
  const listed = sources.flatMap((text) =>
    [...text.matchAll(/code: "([a-z_]+)",\s*words:/g)].map(([, code]) => code ?? ""),
  );
  const codes = new Set([...called, ...listed, "short_row", "long_row", "preamble", "stray_quote"]);
  for (const whole of [
    "footer",
    "other_sheets",
    "unusual_delimiter",
    "dialect_doubtful",
    "dialect_uncertain",
    "line_ends",
    "one_column",
    "whole_lines_quoted",
  ])
    codes.delete(whole);
  expect(codes.size).toBeGreaterThan(20);
  for (const code of codes)
    for (const language of ["en", "fr", "nl"] as const) expect(doubtIn(code, language)).not.toBe(code);
});

const mapping = `source: s
title: S
tables:
  - table: branches
    files: data/a*.csv
    csv: {delimiter: "|", headerRow: 2}
    columns: {branch_id: a, region: b}
`;

test("duo-impact read takes the syntax from its options, else from a mapping, and prints JSON", async () => {
  await withProject(
    { "a1.csv": "note, x\na|b\n1|2,3\n", "m.yaml": mapping, "t.csv": "a,b\tc\n1\t2\n" },
    async (folder) => {
      const read = async (file: string, options: object) =>
        JSON.parse(await readFileText(`${folder}/${file}`, { json: true, ...options }));
      expect(await read("a1.csv", { mapping: `${folder}/m.yaml` })).toMatchObject({
        columns: ["a", "b"],
        rows: [["1", "2,3"]],
        dialect: { delimiter: "|", encoding: "utf-8" },
      });
      expect(await read("t.csv", { delimiter: "\\t" })).toMatchObject({ columns: ["a,b", "c"], rows: [["1", "2"]] });
      await expect(readFileText(`${folder}/t.csv`, { headerRow: "x" })).rejects.toThrow(
        "--header-row: 'x' is not a whole number of 1 or more",
      );
      await expect(readFileText(`${folder}/none.csv`, {})).rejects.toThrow("can't be opened");
      expect(await readFileText(`${folder}/t.csv`, { delimiter: "\t" })).toContain("a,b | c\n1 | 2\n");
    },
  );
});
