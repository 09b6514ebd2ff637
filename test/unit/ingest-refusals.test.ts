import { symlinkSync } from "node:fs";
import exceljs from "exceljs";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { SourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { ingested, programme, refusal, source, table, withProject } from "../support/ingest-project.ts";

const branches = (more: object = {}): object => source("programme", table("branches", "branch_id,name,region", more));
const csv = (text: string | Uint8Array): Record<string, string | Uint8Array> => ({ "in/branches.csv": text });

describe("ingest refuses", () => {
  test("a file that isn't there and every other problem at once, with the nearest names", async () => {
    const mapping = source(
      "programme",
      table("branches", "branch_id,name,region", { files: "in/branch.csv" }),
      table("mentors", "mentor_id,branch_id", { files: "nowhere/*.csv" }),
    );
    expect(await refusal(csv("branch_id,name,region\n"), [mapping])).toEqual([
      "programme.yaml, branches: 'in/branch.csv' matches no file; did you mean 'branches.csv'? There are branches.csv",
      "programme.yaml, mentors: 'nowhere/*.csv' matches no file; its folder is empty or missing",
    ]);
  });

  test("a folder where a file's name is said", async () => {
    const inside = { "in/branches.csv/2016.csv": "branch_id,name,region\nB1,x,r\n" };
    expect(await refusal(inside, [branches()])).toEqual([
      "programme.yaml, branches: 'in/branches.csv' is a folder, and a file is read here; name the file in it, or all of its files: 'in/branches.csv/*'",
    ]);
    await ingested(inside, [branches({ files: "in/branches.csv/*" })], async ({ summary }) => {
      expect(summary.files[0]).toMatchObject({ received: 1, accepted: 1 });
    });
  });

  test("a header that lacks mapped columns, naming close ones", async () => {
    expect(await refusal(csv("Branch_ID,name\nB1,x\n"), [branches()])).toEqual([
      "in/branches.csv has no column 'branch_id', which programme.yaml maps to branches.branch_id; did you mean 'Branch_ID'? There are Branch_ID, name",
      "in/branches.csv has no column 'region', which programme.yaml maps to branches.region; there are Branch_ID, name",
    ]);
  });

  test("a separator that the mapping says wrongly, by the one that parts the mapped names", async () => {
    const mapping = branches({ csv: { delimiter: ";" } });
    expect(await refusal(csv("branch_id,name,region\nB1,x,r\n"), [mapping])).toEqual([
      "in/branches.csv: its cells are separated by ',', its mapping says ';'; set csv.delimiter in it, or leave it out",
    ]);
    expect(await refusal(csv("branch_id;title;region\nB1;x;r\n"), [mapping])).toEqual([
      expect.stringContaining("has no column 'name'"),
    ]);
  });

  test("a workbook whose names stand below a title, in one sentence", async () => {
    const book = new exceljs.Workbook();
    book.addWorksheet("Branches").addRows([["Branches of 2016"], ["branch_id", "name", "region"], ["B1", "x", "r"]]);
    const file = { "in/branches.xlsx": new Uint8Array(await book.xlsx.writeBuffer()) };
    expect(await refusal(file, [branches({ files: "in/branches.xlsx" })])).toEqual([
      "in/branches.xlsx, sheet 'Branches', row 1 holds none of the column names that programme.yaml maps; set xlsx.headerRow to the row that does, or xlsx.sheet; the row holds Branches of 2016",
    ]);
    const told = branches({ files: "in/branches.xlsx", xlsx: { headerRow: 2 } });
    await ingested(file, [told], async ({ summary }) => {
      expect(summary.files[0]).toMatchObject({ received: 1, accepted: 1 });
    });
  });

  test("a mapped column that is there twice", async () => {
    expect(await refusal(csv("branch_id,name,region,name\nB1,x,r,y\n"), [branches()])).toEqual([
      expect.stringContaining("has 2 columns 'name'"),
    ]);
  });

  test.each([
    ["", "is empty"],
    ["\n\n", "has no header line"],
    ["branch_id,name,region\n", "has a header but no rows"],
  ])("the empty file %j", async (text, reason) => {
    expect(await refusal(csv(text), [branches()])).toEqual([expect.stringContaining(reason)]);
  });

  test.each([
    ["utf-8", iconv.encode("branch_id,name,region\nB1,Liège,w\n", "windows-1252"), "is not UTF-8"],
    ["windows-1252", Buffer.from("branch_id,name,region\nB1,Liège,w\n"), "is UTF-8, but its mapping says windows-1252"],
    [
      "auto",
      Buffer.concat([Buffer.from("branch_id,name,region\nB1,"), Buffer.from([0x81, 0xe9]), Buffer.from(",w\n")]),
      "neither UTF-8 nor windows-1252",
    ],
    ["auto", Buffer.from("branch_id,name,region\nB1,\0\0\0,w\n"), "holds NUL bytes"],
  ])("text that is not %s", async (encoding, bytes, reason) => {
    expect(await refusal(csv(bytes), [branches({ csv: { encoding } })])).toEqual([expect.stringContaining(reason)]);
  });

  test.each(["../in/branches.csv", "/etc/passwd", "in/../../x.csv"])(
    "X5: the path %s, which leaves the project",
    async (files) => {
      expect(await refusal(csv("branch_id,name,region\nB1,x,r\n"), [branches({ files })])).toEqual([
        expect.stringMatching(/leaves the project folder|relative to the project folder/),
      ]);
    },
  );

  test("X5: a link that leads out of the project", async () => {
    await withProject({ "outside.csv": "branch_id,name,region\nB1,x,r\n", "project/in/a.txt": "" }, async (folder) => {
      symlinkSync(`${folder}/outside.csv`, `${folder}/project/in/branches.csv`);
      const engine = await openDuckDb();
      const refused = ingest(engine, [SourceMapping.parse(branches())], { projectFolder: `${folder}/project` });
      await expect(refused).rejects.toThrow("is a link that leads out of the project folder");
      await engine.close();
    });
  });

  test("a table of which more rows are rejected than the threshold allows, showing the first", async () => {
    const rows = Array.from({ length: 50 }, (_, i) => `D${i},E1,M1,B1,2014-03-01,2014-04-01`);
    const bad = "D99,E1,M1,B1,soon,";
    const one = programme([...rows, bad]);
    await ingested(one.files, one.mappings, async ({ summary }) => expect(summary.files[3]?.rejected).toBe(1), {
      maxRejectedShare: 0.02,
    });
    const two = programme([...rows, bad, bad.replace("D99", "D98")]);
    expect(await refusal(two.files, two.mappings, { maxRejectedShare: 0.02 })).toEqual([
      "programme, duos: 2 of 52 rows rejected, more than the 2 % allowed; the first are:",
      expect.stringContaining("in/duos.csv row 52, `started_on`: 'soon' is not a date"),
      expect.stringContaining("in/duos.csv row 53"),
    ]);
  });

  test("a file read twice for one table", async () => {
    const mapping = source(
      "programme",
      table("branches", "branch_id,name,region"),
      table("branches", "branch_id,region"),
    );
    expect(await refusal(csv("branch_id,name,region\nB1,x,r\n"), [mapping])).toEqual([
      expect.stringContaining("is read for this table already"),
    ]);
  });
});
