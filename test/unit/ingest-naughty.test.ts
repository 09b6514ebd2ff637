import exceljs from "exceljs";
import { describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { guarded } from "../../src/ingest/rules/reject-files.ts";
import { ingested, type ProjectFiles, source, table, withProject } from "../support/ingest-project.ts";
import { NAUGHTY } from "../support/naughty-strings.ts";

/** A lone half of a pair has no form in UTF-8, and NUL stands in no text file. */
const TEXTS = NAUGHTY.filter(
  (text) => !/[\uD800-\uDFFF]/u.test(text) && !text.includes("\u0000") && text.trim() !== "",
);
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const csv = `branch_id,name,region\n${TEXTS.map((text, i) => `B${i},${quoted(text)},r\n`).join("")}`;
const objects = TEXTS.map((name, i) => ({ branch_id: `B${i}`, name, region: "r" }));

const namesOf = (file: string, files: ProjectFiles, plainFrom = 1e9): Promise<readonly unknown[]> =>
  ingested(
    files,
    [source("s", table("branches", "branch_id,name,region", { files: file }))],
    async ({ rows }) => (await rows("select name from staging.branches order by source_row")).map(({ name }) => name),
    { plainFrom },
  );
/** Blanks around a cell are no part of its text. */
const expected = TEXTS.map((text) => text.replace(/^ +| +$/g, ""));

describe("X3: naughty strings", () => {
  test("come out of CSV and JSON as the same texts", async () => {
    expect(TEXTS.length).toBeGreaterThan(20);
    expect(await namesOf("in/b.csv", { "in/b.csv": csv })).toEqual(expected);
    expect(await namesOf("in/b.json", { "in/b.json": JSON.stringify(objects) })).toEqual(expected);
  });

  test("come out of a workbook as the same texts, but for signs that XML can't hold", async () => {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what a workbook can't hold
    const held = TEXTS.filter((text) => !/[\u0000-\u001f\ufffe\uffff]|_x[0-9A-F]{4}_/.test(text));
    const book = new exceljs.Workbook();
    book.addWorksheet("b").addRows([["branch_id", "name", "region"], ...held.map((text, i) => [`B${i}`, text, "r"])]);
    const file = new Uint8Array(await book.xlsx.writeBuffer());
    expect(held.length).toBeGreaterThan(18);
    expect(await namesOf("in/b.xlsx", { "in/b.xlsx": file })).toEqual(held.map((text) => text.trim()));
  });

  test("come out of Parquet as the same texts, typed while it is read or not", async () => {
    const file = await withProject({ "b.json": JSON.stringify(objects) }, async (folder) => {
      const engine = await openDuckDb();
      const read = `read_json('${folder}/b.json', columns = {branch_id: 'VARCHAR', name: 'VARCHAR', region: 'VARCHAR'})`;
      await engine.execute({ name: "file", text: `copy (select * from ${read}) to '${folder}/b.parquet'` });
      await engine.close();
      return (await import("node:fs")).readFileSync(`${folder}/b.parquet`);
    });
    for (const plainFrom of [0, 1e9])
      expect(await namesOf("in/b.parquet", { "in/b.parquet": file }, plainFrom)).toEqual(expected);
  });

  test("go back in rejects with an apostrophe before what a spreadsheet would compute, which taken off gives the same text", async () => {
    const own = source("s", table("branches", "branch_id,name,region", { files: "in/b.csv" }));
    const twice = csv + csv.slice(csv.indexOf("\n") + 1);
    await ingested({ "in/b.csv": twice }, [own], async ({ summary }) => {
      const [file] = summary.rejects;
      expect(file?.rows).toBe(TEXTS.length);
      for (const text of TEXTS) {
        expect(file?.content).toContain(guarded(text).replaceAll('"', '""'));
        expect(guarded(text).replace(/^'(?='*[=+\-@\t\r\n])/, "")).toBe(text);
        expect(guarded(text)).not.toMatch(/^[=+@\t\r\n]/);
      }
    });
  });

  test("as codes, identifiers and file names are told, never run", async () => {
    const name = `in/x'); drop table staging.mentees; --.csv`;
    const given = TEXTS.map((text) => ({
      ...source("s", table("branches", "branch_id,name,region", { files: "in/x*.csv", nulls: [text] })),
    }));
    for (const mapping of given.slice(0, 5))
      await ingested({ [name]: csv }, [mapping], async ({ rows }) => {
        expect(await rows("select count(*) as n from staging.mentees")).toEqual([{ n: 0 }]);
        expect(await rows("select distinct source_file from staging.branches")).toEqual([{ source_file: name }]);
      });
  });
});
