import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { numberText, shownBy } from "../../src/ingest/workbook/xlsx-values.ts";
import { branches, staged } from "../support/ingest-branches.ts";
import { ingested } from "../support/ingest-project.ts";
import { read, workbook } from "../support/workbook-bytes.ts";

const text = (ref: string, value: string): string => `<c r="${ref}" t="inlineStr"><is><t>${value}</t></is></c>`;
const number = (ref: string, value: string, style = 0): string => `<c r="${ref}" s="${style}"><v>${value}</v></c>`;
const row = (at: number, ...cells: readonly string[]): string => `<row r="${at}">${cells.join("")}</row>`;
const NAMES = row(1, text("A1", "id"), text("B1", "share"), text("C1", "n"));
const coded = (rows: string): Uint8Array =>
  workbook(rows, {
    "xl/styles.xml":
      '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="9"/><xf numFmtId="164"/></cellXfs></styleSheet>',
    "xl/_rels/workbook.xml.rels":
      '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>',
  });

describe("numbers of workbooks", () => {
  test("whole numbers too large for a number of ours stay as they are stored", async () => {
    const { rows } = await read(
      "a.xlsx",
      workbook(
        NAMES + row(2, number("A2", "12345678901234567890"), number("B2", "9007199254740993"), number("C2", "-5")),
      ),
    );
    expect(rows).toEqual([["12345678901234567890", "9007199254740993", "-5"]]);
  });

  test.each([
    ['00"."00"."00"-"000"."00', "1020312345", "01020312345"],
    ["0000 00 00", "412345", "00412345"],
    ['"B"0000', "12", "0012"],
    ["0", "12", "12"],
    ["#,##0", "12", "12"],
    ["0.00", "12", "12"],
  ])("of format %s keep the zeros in front that it shows", (code, stored, shown) => {
    expect(numberText(stored, shownBy(164, code), false)).toBe(shown);
  });

  test("shown as percentages are read as they are stored, which is told once a column", async () => {
    const { rows, warnings } = await read(
      "a.xlsx",
      coded(
        NAMES +
          row(2, number("A2", "1"), number("B2", "0.5", 1), number("C2", "3")) +
          row(3, number("A3", "2"), number("B3", "0.75", 2), number("C3", "4")),
      ),
    );
    expect(rows.map((cells) => cells[1])).toEqual(["0.5", "0.75"]);
    expect(warnings.map(({ code, row: at, column }) => [code, at, column])).toEqual([["percentage", 2, 2]]);
  });
});

test("every stretch of percentages in a column is told", async () => {
  const styles = [1, 1, 0, 1];
  const rows = styles.map((style, i) => row(i + 2, number(`A${i + 2}`, `${i}`), number(`B${i + 2}`, "0.5", style)));
  const { warnings } = await read("a.xlsx", coded(NAMES + rows.join("")));
  expect(warnings.map(({ message }) => message.slice(0, message.indexOf(";")))).toEqual([
    "column 2 is shown as percentages from row 2 to 3",
    "column 2 is shown as percentages in row 5",
  ]);
});

test("a run tells of percentages where their column is mapped, of NaN in JSON row by row", async () => {
  const rejects = "select row, rule, severity, value from staging.rejects order by row";
  const sheet = coded(
    NAMES +
      row(2, number("A2", "1"), number("B2", "0.5", 1), number("C2", "3", 1)) +
      row(3, number("A3", "2"), number("B3", "0.75", 2), number("C3", "4")),
  );
  const columns = { branch_id: "id", name: "share", region: { constant: "r" } };
  await ingested({ "in/b.xlsx": sheet }, [branches({ files: "in/b.xlsx", columns })], async ({ rows, summary }) => {
    expect(await rows(rejects)).toEqual([{ row: 2, rule: "percentage", severity: "warn", value: "share" }]);
    expect(summary.files[0]).toMatchObject({ accepted: 2, warned: 1 });
  });
  const json =
    '[{"branch_id": 1, "name": NaN, "region": "r", "other": NaN}, {"branch_id": 2, "name": "NaN", "region": "r"}]';
  await ingested({ "in/b.json": json }, [branches({ files: "in/b.json" })], async ({ rows }) => {
    expect(await rows(rejects)).toEqual([{ row: 1, rule: "not_finite", severity: "warn", value: "NaN" }]);
  });
});

test("decimals of JSON keep every figure, in any place and under any name", async () => {
  const long = "0.12345678901234567890";
  const json = `[{"a": ${long}, "b.c\\"": -1.0000000000000000001e2 , "t": "\\"a\\": 0.99999999999999999999"}, {"a" : 1.10, "b.c\\"": 3}]`;
  const { rows } = await read("a.json", strToU8(json));
  expect(rows).toEqual([
    [long, "-1.0000000000000000001e2", '"a": 0.99999999999999999999'],
    ["1.1", "3", ""],
  ]);
  await ingested(
    { "in/b.json": `[{"branch_id": 123456789012345678.25, "name": "x", "region": "r"}]` },
    [branches({ files: "in/b.json" })],
    async ({ rows: found }) => expect((await found(staged))[0]?.branch_id).toBe("123456789012345678.25"),
  );
});

test("decimals of JSON keep every figure under names written by numbers, and beside lists and objects of the same names", async () => {
  const [one, two] = ["0.12345678901234567890", "0.12345678901234567891"];
  const { rows } = await read(
    "a.json",
    strToU8(
      `[{"o": {"a": ${two}, "l": [{"a": 1}]}, "a": ${one}, "\\u00e9\\/t": ${two}}, {"a": ${two}, "o": [{"a": ${one}}]}]`,
    ),
  );
  expect(rows.map((cells) => [cells[0], cells[2]])).toEqual([
    [one, two],
    [two, ""],
  ]);
});

describe("sheets", () => {
  test("empty rows between others are told: another table may stand below them", async () => {
    const { warnings } = await read(
      "a.xlsx",
      workbook(
        NAMES +
          row(2, number("A2", "1"), number("B2", "2"), number("C2", "3")) +
          row(5, text("A5", "key"), text("B5", "word")) +
          row(6, text("A6", "x"), number("B6", "1")),
      ),
    );
    expect(warnings).toContainEqual(expect.objectContaining({ code: "blank_line", row: 3 }));
  });

  test("rows stand by their numbers, not as the file has them", async () => {
    const { columns, rows } = await read(
      "a.xlsx",
      workbook(row(2, number("A2", "1"), number("B2", "2"), number("C2", "3")) + NAMES),
    );
    expect({ columns, rows }).toEqual({ columns: ["id", "share", "n"], rows: [["1", "2", "3"]] });
  });

  test("an empty first one is refused with the names of the others", async () => {
    const book = zipSync({
      "xl/workbook.xml": strToU8(
        '<workbook xmlns:r="r"><sheets><sheet name="Empty" sheetId="1" r:id="rId1"/><sheet name="Full" sheetId="2" r:id="rId2"/></sheets></workbook>',
      ),
      "xl/_rels/workbook.xml.rels": strToU8(
        '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Target="worksheets/sheet2.xml"/></Relationships>',
      ),
      "xl/worksheets/sheet1.xml": strToU8("<worksheet><sheetData/></worksheet>"),
      "xl/worksheets/sheet2.xml": strToU8(`<worksheet><sheetData>${NAMES}</sheetData></worksheet>`),
    });
    await expect(read("a.xlsx", book)).rejects.toThrow("sheet 'Empty' is empty; say which to read (--sheet): Full");
  });
});
