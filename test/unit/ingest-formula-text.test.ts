import exceljs from "exceljs";
import { describe, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { branches, staged } from "../support/ingest-branches.ts";
import { ingested, withProject } from "../support/ingest-project.ts";

const BARE = 'branch_id,name,region\n="0012",x,r\n="0013",="say ""hi""",r\n14,"=""a"" & ""b""",r\n15,=1+1,r\n';
const QUOTED =
  'branch_id,name,region\n"=""0012""",x,r\n"=""0013""","=""say """"hi"""""" ",r\n14,"=""a"" & ""b""",r\n15,=1+1,r\n';
const ROWS = [
  ["0012", "x", "r"],
  ["0013", 'say "hi"', "r"],
  ["14", '="a" & "b"', "r"],
  ["15", "=1+1", "r"],
];
const TOLD = ["formula_text 2.1", "formula_text 3.1", "formula_text 3.2"];

describe("a text as a formula", () => {
  test.each([
    ["as it is", BARE],
    ["quoted", QUOTED],
  ])("%s is read as the text and told with its place; formulas of more are left alone", (_, file) => {
    const { columns, rows, warnings } = readDelimited(file);
    expect(columns).toEqual(["branch_id", "name", "region"]);
    expect(rows).toEqual(ROWS);
    const told = warnings.filter(({ code }) => code === "formula_text");
    expect(told.map(({ code, row, column }) => `${code} ${row}.${column}`)).toEqual(TOLD);
  });

  test("of nothing is an empty cell, in a name the name", () => {
    expect(readDelimited('="id",="name"\n1,=""\n2,="Bob"\n3,Cy\n')).toMatchObject({
      columns: ["id", "name"],
      rows: [
        ["1", ""],
        ["2", "Bob"],
        ["3", "Cy"],
      ],
    });
  });

  test.each([
    ["as it is", BARE],
    ["quoted", QUOTED],
    ["in a name", QUOTED.replace("branch_id", '"=""branch_id"""')],
  ])("%s is staged as the text, and warned about row by row", async (_, file) => {
    await ingested({ "in/b.csv": file }, [branches({ files: "in/b.csv" })], async ({ rows, summary }) => {
      expect((await rows(staged)).map(({ branch_id, name }) => [branch_id, name])).toEqual(
        ROWS.map((row) => row.slice(0, 2)),
      );
      expect(summary.files[0]).toMatchObject({ received: 4, accepted: 4, warned: 2 });
      expect(await rows("select row, rule, severity from staging.rejects order by row")).toEqual([
        { row: 2, rule: "formula_text", severity: "warn" },
        { row: 3, rule: "formula_text", severity: "warn" },
      ]);
    });
  });

  test("in a workbook's cell is the text", async () => {
    const book = new exceljs.Workbook();
    book.addWorksheet("b").addRows([
      ["branch_id", "name"],
      ['="0012"', "x"],
      ["0013", "y"],
    ]);
    const file = new Uint8Array(await book.xlsx.writeBuffer());
    const { rows, warnings } = await withProject({ "b.xlsx": file }, (folder) => readTable(`${folder}/b.xlsx`));
    expect(rows).toEqual([
      ["0012", "x"],
      ["0013", "y"],
    ]);
    expect(warnings).toContainEqual(expect.objectContaining({ code: "formula_text", row: 2, column: 1 }));
  });
});
