import exceljs from "exceljs";
import { describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { branches, rowsOf, staged } from "../support/ingest-branches.ts";
import { ingested, source, table, withProject } from "../support/ingest-project.ts";

describe("other formats", () => {
  test("XLSX: the named sheet, dates, formulas' values, numbers as text", async () => {
    const workbook = new exceljs.Workbook();
    workbook.addWorksheet("Uitleg").addRow(["niets"]);
    const sheet = workbook.addWorksheet("Mentoren");
    sheet.addRows([
      ["VDAB"],
      ["Nr", "Kantoor", "Geboren"],
      [1, "B1", new Date("1960-02-03")],
      ["0002", { formula: "B3", result: "B1" }, "04-03-1961"],
      [],
      [3, "B1", "x"],
    ]);
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    const mapping = source("programme", table("branches", "branch_id,region"), {
      table: "mentors",
      files: "in/m.xlsx",
      xlsx: { sheet: "Mentoren", headerRow: 2 },
      dates: "DD-MM-YYYY",
      columns: { mentor_id: "Nr", branch_id: "Kantoor", birth_on: "Geboren" },
    });
    await ingested(
      { "in/m.xlsx": bytes, "in/branches.csv": "branch_id,region\nB1,r\n" },
      [mapping],
      async ({ rows }) => {
        expect(await rows("select mentor_id, birth_on, source_row from staging.mentors order by source_row")).toEqual([
          { mentor_id: "1", birth_on: "1960-02-03", source_row: 3 },
          { mentor_id: "0002", birth_on: "1961-03-04", source_row: 4 },
        ]);
        expect(await rows("select message from staging.rejects")).toEqual([
          { message: "in/m.xlsx row 6, `Geboren`: 'x' is not a date (expected DD-MM-YYYY)" },
        ]);
      },
    );
  });

  test("XLSX: a row with a formula that was never computed is rejected, not read as empty", async () => {
    const workbook = new exceljs.Workbook();
    workbook.addWorksheet("S").addRows([
      ["branch_id", "name", "region"],
      ["B1", { formula: "A1" }, "r"],
      ["B2", "x", "r"],
    ]);
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    await ingested({ "in/b.xlsx": bytes }, [branches({ files: "in/b.xlsx" })], async ({ summary }) =>
      expect(summary.files[0]).toMatchObject({
        received: 2,
        accepted: 1,
        rules: [{ rule: "formula_without_value", rows: 1 }],
      }),
    );
  });

  test("XLSX: a person number that is a failed formula is rejected, or empty where the mapping lists it", async () => {
    const workbook = new exceljs.Workbook();
    workbook.addWorksheet("S").addRows([
      ["mentee_id", "branch_id", "birth_on", "person_number"],
      ["E1", "B1", "1990-01-01", { error: "#N/A" }],
      ["E2", "B1", "1991-01-01", { error: "#N/A" }],
      ["E3", "B1", "1992-01-01", 7],
    ]);
    const bytes = new Uint8Array(await workbook.xlsx.writeBuffer());
    const files = { "in/m.xlsx": bytes, "in/branches.csv": "branch_id,region\nB1,r\n" };
    const mapping = (nulls: readonly string[]) =>
      source(
        "programme",
        table("branches", "branch_id,region"),
        table("mentees", "mentee_id,branch_id,birth_on,person_number", { files: "in/m.xlsx", nulls }),
      );
    await ingested(files, [mapping([])], async ({ rows, summary }) => {
      expect(summary.files[1]).toMatchObject({
        received: 3,
        accepted: 1,
        rules: [{ rule: "spreadsheet_error", rows: 2 }],
      });
      expect(await rows("select row, message from staging.rejects order by row")).toEqual([
        expect.objectContaining({
          row: 2,
          message:
            "in/m.xlsx row 2, `person_number`: '#N/A' is what a spreadsheet writes for a formula that failed; write the value, or list it in the mapping's nulls",
        }),
        expect.objectContaining({ row: 3 }),
      ]);
    });
    await ingested(files, [mapping(["#N/A"])], async ({ rows }) =>
      expect(await rows("select count(*) as n from staging.mentees where person_number is null")).toEqual([{ n: 2 }]),
    );
  });

  test.each([
    ["in/b.json", '[{"branch_id": "B1", "name": "a.b", "region": "r"}, {"region": "r", "branch_id": 2}]'],
    ["in/b.jsonl", '{"branch_id": "B1", "name": "a.b", "region": "r"}\n{"region": "r", "branch_id": 2}\n'],
  ])("%s", async (file, text) => {
    expect(await rowsOf(file, text)).toEqual([
      ["B1", "a.b", "r", 1],
      ["2", null, "r", 2],
    ]);
  });

  test("JSON: a list or an object in a mapped column rejects its row; in another column it is let be", async () => {
    const text =
      '[{"branch_id": "B1", "name": ["a", "b"], "region": "r"}, {"branch_id": "B2", "name": "b", "region": "r", "x": {"y": 1}}]';
    await ingested({ "in/b.json": text }, [branches({ files: "in/b.json" })], async ({ rows, summary }) => {
      expect((await rows(staged)).map(({ branch_id }) => branch_id)).toEqual(["B2"]);
      expect(summary.files[0]).toMatchObject({ received: 2, accepted: 1, rejected: 1 });
      expect(await rows("select row, rule, value from staging.rejects")).toEqual([
        { row: 1, rule: "nested", value: '["a","b"]' },
      ]);
    });
  });

  test("Parquet", async () => {
    await withProject({}, async (folder) => {
      const engine = await openDuckDb();
      await engine.execute({
        name: "t",
        text: `copy (select 'B' || i as branch_id, null as name, 'r' as region from range(1, 3) t(i)) to '${folder}/b.parquet'`,
      });
      await engine.close();
      const { readFileSync } = await import("node:fs");
      expect(await rowsOf("in/b.parquet", readFileSync(`${folder}/b.parquet`))).toEqual([
        ["B1", null, "r", 1],
        ["B2", null, "r", 2],
      ]);
    });
  });

  test("tables that no source gives are there and empty", async () => {
    await ingested({ "in/branches.csv": "branch_id,name,region\nB1,x,r\n" }, [branches()], async ({ rows }) => {
      expect(await rows("select count(*) as n from staging.employment_spells")).toEqual([{ n: 0 }]);
    });
  });
});
