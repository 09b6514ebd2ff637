import { expect, test } from "vitest";
import { readFileText } from "../../src/ingest/read-command.ts";
import { ROW_RULES } from "../../src/ingest/rules.ts";
import { SENTENCES } from "../../src/ingest/sentences.ts";
import { ingested, programme, withProject } from "../support/ingest-project.ts";

test("every rule has its sentence in three languages, with the same details", () => {
  expect(Object.keys(SENTENCES).sort()).toEqual(ROW_RULES.map(({ code }) => code).sort());
  for (const { code, sentence } of ROW_RULES)
    for (const text of [SENTENCES[code]?.fr, SENTENCES[code]?.nl])
      expect(text?.includes("{detail}")).toBe(sentence.includes("{detail}"));
});

test.each([
  ["fr", "in/duos.csv ligne 2, `started_on`: 'x' n'est pas une date (attendu : YYYY-MM-DD)"],
  ["nl", "in/duos.csv rij 2, `started_on`: 'x' is geen datum (verwacht: YYYY-MM-DD)"],
] as const)("rejects speak the sender's language: %s", async (language, message) => {
  const given = programme(["D1,E1,M1,B1,x,"]);
  await ingested(
    given.files,
    given.mappings,
    async ({ rows }) => expect(await rows("select message from staging.rejects")).toEqual([{ message }]),
    { language },
  );
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
