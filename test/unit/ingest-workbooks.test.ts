import exceljs from "exceljs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readSheet } from "../../src/ingest/workbook/xlsx-stream.ts";
import { numberText, shownBy } from "../../src/ingest/workbook/xlsx-values.ts";
import { UserError } from "../../src/user-error.ts";
import { ingested, source, table, withProject } from "../support/ingest-project.ts";
import { read, workbook } from "../support/workbook-bytes.ts";
import { partsOf } from "../support/xlsx-parts.ts";

describe("workbooks", () => {
  test("numbers as text, dates, times, formulas and errors come out as text", async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet("Blad");
    sheet.addRows([
      ["nr", "geboren", "bedrag", "som"],
      ["0012", new Date("1990-02-03"), 1234.5, { formula: "1+1", result: 2 }],
      [7, new Date("1990-02-03T10:20:30Z"), 1e-7, { error: "#N/A" }],
    ]);
    const found = await read("b.xlsx", new Uint8Array(await book.xlsx.writeBuffer()));
    expect(found.columns).toEqual(["nr", "geboren", "bedrag", "som"]);
    expect(found.rows).toEqual([
      ["0012", "1990-02-03", "1234.5", "2"],
      ["7", "1990-02-03 10:20:30", "1e-7", "#N/A"],
    ]);
  });

  const small = async (change: (sheet: exceljs.Worksheet, book: exceljs.Workbook) => void): Promise<Uint8Array> => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet("Blad");
    sheet.addRows([
      ["nr", "dag"],
      ["1", new Date("2016-03-04")],
      ["2", new Date("2016-03-05")],
    ]);
    change(sheet, book);
    return new Uint8Array(await book.xlsx.writeBuffer());
  };
  const days = [
    ["1", "2016-03-04"],
    ["2", "2016-03-05"],
  ];

  test("days counted from 1904 are the same days", async () => {
    const bytes = await small((_, book) => {
      book.properties.date1904 = true;
    });
    expect(partsOf(bytes).get("xl/workbook.xml")).toContain('date1904="1"');
    expect((await read("b.xlsx", bytes)).rows).toEqual(days);
  });

  test("the first sheet that is shown is read; hidden rows and columns are read and reported", async () => {
    const cells = '<row r="1"><c t="str"><v>nr</v></c><c t="str"><v>n</v></c></row>';
    const rows =
      '<row r="2" hidden="1"><c><v>1</v></c><c><v>5</v></c></row><row r="3"><c><v>2</v></c><c><v>6</v></c></row>';
    const sheets =
      '<sheet name="H" state="veryHidden" r:id="rId0"/><sheet name="G" r:id="rId2"/><sheet name="S" r:id="rId1"/>';
    const targets = { rId0: "worksheets/sheet0.xml", rId1: "worksheets/sheet1.xml", rId2: "chartsheets/sheet1.xml" };
    const relations = Object.entries(targets).map(([id, target]) => `<Relationship Id="${id}" Target="${target}"/>`);
    const bytes = workbook(cells + rows, {
      "xl/workbook.xml": `<workbook xmlns:r="r"><sheets>${sheets}</sheets></workbook>`,
      "xl/_rels/workbook.xml.rels": `<Relationships>${relations.join("")}</Relationships>`,
      "xl/worksheets/sheet0.xml": "<worksheet><sheetData/></worksheet>",
      "xl/worksheets/sheet1.xml": `<worksheet><cols><col min="2" max="2" hidden="1"/></cols><sheetData>${cells}${rows}</sheetData></worksheet>`,
    });
    const found = await read("b.xlsx", bytes);
    expect([found.columns, ...found.rows]).toEqual([
      ["nr", "n"],
      ["1", "5"],
      ["2", "6"],
    ]);
    expect(found.warnings.map(({ code, row, column }) => [code, row, column])).toEqual([
      ["other_sheets", null, null],
      ["hidden_row", 2, null],
      ["hidden_column", null, 2],
    ]);
  });

  test("signs that XML can't hold are read from their codes", async () => {
    const bytes = await small((sheet) => {
      sheet.getCell("A2").value = "a_x000D_b";
      sheet.getCell("A3").value = "_x005F_x000D_";
    });
    expect((await read("b.xlsx", bytes)).rows.map(([first]: readonly string[]) => first)).toEqual(["a\rb", "_x000D_"]);
  });

  test("a workbook with a password is refused by what it is", async () => {
    const locked = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(512)]);
    await expect(read("b.xlsx", locked)).rejects.toThrow("protected by a password");
  });

  const merged = async (): Promise<Uint8Array> => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet("Blad");
    sheet.addRows([
      ["Overzicht 2016"],
      ["nr", "naam", "duur", "", "regio"],
      ["", "", "maanden", "dagen", ""],
      ["B1", "Gent", 1, 2, "r"],
      ["B2", "Luik", 3, 4, "s"],
      ["B3", "Aarlen", 5, 6, ""],
      [],
      ["Bron: VDAB"],
    ]);
    for (const range of ["A1:E1", "C2:D2", "A2:A3", "B2:B3", "E2:E3", "E5:E6"]) sheet.mergeCells(range);
    return new Uint8Array(await book.xlsx.writeBuffer());
  };

  test("merged header cells fill to the right, the two rows' names are joined, and merged cells below are reported", async () => {
    const found = await read("b.xlsx", await merged());
    expect(found.columns).toEqual(["nr", "naam", "duur maanden", "duur dagen", "regio"]);
    expect(found.rows).toEqual([
      ["B1", "Gent", "1", "2", "r"],
      ["B2", "Luik", "3", "4", "s"],
      ["B3", "Aarlen", "5", "6", ""],
    ]);
    expect(found.warnings.map(({ code, row }) => [code, row])).toEqual(
      expect.arrayContaining([
        ["header_rows", 2],
        ["merged_cells", 5],
        ["preamble", 1],
        ["footer", 8],
      ]),
    );
  });

  test("a mapping reads the same header by its rows; the notes below are no rows", async () => {
    const mapping = source(
      "programme",
      table("branches", "branch_id", {
        files: "in/b.xlsx",
        xlsx: { headerRow: 2, headerRows: 2 },
        columns: { branch_id: "nr", name: "duur dagen", region: "naam" },
      }),
    );
    await ingested({ "in/b.xlsx": await merged() }, [mapping], async ({ rows, summary }) => {
      expect(await rows("select branch_id, name from staging.branches order by branch_id")).toEqual([
        { branch_id: "B1", name: "2" },
        { branch_id: "B2", name: "4" },
        { branch_id: "B3", name: "6" },
      ]);
      expect(summary.files[0]).toMatchObject({
        received: 3,
        recognised: { sheet: "Blad", footer: "8", merged: "E5:E6" },
      });
    });
  });

  test("shared strings, rich text, entities and gaps between cells are read", async () => {
    const bytes = workbook(
      '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row><row r="3"><c r="C3"><f>A1</f></c><c r="A3"><v>5</v></c></row>',
      {
        "xl/sharedStrings.xml":
          "<sst><si><r><t>a</t></r><r><t>&amp;b</t></r></si><si><t>c&#233;</t><rPh><t>no</t></rPh></si></sst>",
      },
    );
    await withProject({ "b.xlsx": bytes }, async (folder) => {
      const rows: unknown[] = [];
      const sheet = await readSheet(`${folder}/b.xlsx`, "b.xlsx", undefined, (row) => rows.push(row));
      expect(rows).toEqual([
        { row: 1, cells: ["a&b", "", "cé"] },
        { row: 3, cells: ["5"], uncomputed: true },
      ]);
      expect(sheet.uncomputed).toEqual([{ row: 3, column: 3 }]);
    });
  });

  test("limits on cells, strings and document types hold", async () => {
    await withProject({ "b.xlsx": workbook("<row><c><v>1</v></c><c><v>2</v></c></row>") }, async (folder) => {
      const limited = readSheet(`${folder}/b.xlsx`, "b.xlsx", undefined, () => undefined, {
        cells: 1,
        sharedStrings: 9,
        sharedText: 9,
      });
      await expect(limited).rejects.toThrow("more cells than a sheet can honestly have");
    });
    await expect(read("b.xlsx", workbook('<!DOCTYPE x [<!ENTITY a "b">]>'))).rejects.toThrow("document type");
  });

  test.each([
    ["43101", "date", false, "2018-01-01"],
    ["59", "date", false, "1900-02-28"],
    ["61", "date", false, "1900-03-01"],
    ["41639", "date", true, "2018-01-01"],
    ["0.5", "date", false, "12:00:00"],
    ["43101.25", "date", false, "2018-01-01 06:00:00"],
    ["0.1", undefined, false, "0.1"],
    ["1.25", "duration", false, "30:00:00"],
    ["0.0007", "duration", false, "00:01:00"],
    ["1050", 5, false, "01050"],
    ["10.5", 5, false, "10.5"],
  ] as const)("the stored number %s (shown as %s, 1904 %s) is %s", (stored, shown, date1904, text) => {
    expect(numberText(stored, shown, date1904)).toBe(text);
  });

  test("what a format shows is known by its letters", () => {
    const shown = (...codes: readonly string[]) => codes.map((code) => shownBy(170, code));
    expect(shown("dd/mm/yyyy", "[$-80C]d mmmm yyyy;@", "[$-F400]h:mm:ss")).toEqual(["date", "date", "date"]);
    expect(shown("[h]:mm", "[hh]:mm:ss", "[m]")).toEqual(["duration", "duration", "duration"]);
    expect(shown("00000", "0")).toEqual([5, undefined]);
    expect(shown("0.00", '"day" 0', "[Red]0", "General")).toEqual([undefined, undefined, undefined, undefined]);
    expect([shownBy(14, undefined), shownBy(46, undefined), shownBy(1, undefined)]).toEqual([
      "date",
      "duration",
      undefined,
    ]);
  });

  test("errors, formulas that were never computed and days of strict workbooks are told or read", async () => {
    const rows = [
      ["day", "sum", "empty", "error"].map((name) => `<c t="str"><v>${name}</v></c>`).join(""),
      '<c t="d"><v>2016-01-31T00:00:00</v></c><c><f>1+1</f><v></v></c><c t="str"><f>""</f><v></v></c><c t="e"><v>#DIV/0!</v></c>',
    ];
    const found = await read("b.xlsx", workbook(rows.map((row, i) => `<row r="${i + 1}">${row}</row>`).join("")));
    expect(found.rows).toEqual([["2016-01-31", "", "", "#DIV/0!"]]);
    expect(found.warnings.map(({ code, row, column }) => [code, row, column])).toEqual([
      ["formula_without_value", 2, 2],
      ["error_cell", 2, 4],
    ]);
  });

  test("a merged title above a table that begins further to the right is no part of its header", async () => {
    const book = new exceljs.Workbook();
    const sheet = book.addWorksheet("Blad");
    sheet.getCell("C3").value = "Rapport 2016";
    sheet.mergeCells("C3:F3");
    const rows = [
      ["Nom", "Ville", "Duos", "Jours"],
      ["A", "Gent", 3, 10],
      ["B", "Gent", 4, 11],
      ["C", "Gent", 5, 12],
    ];
    for (const [i, row] of rows.entries())
      for (const [j, cell] of row.entries()) sheet.getCell(5 + i, 3 + j).value = cell;
    const { columns, dialect } = await read("b.xlsx", new Uint8Array(await book.xlsx.writeBuffer()));
    expect([columns.slice(2), dialect.headerRow]).toEqual([["Nom", "Ville", "Duos", "Jours"], 5]);
  });

  test("damaged bytes are read or refused, never a crash", async () => {
    const sound = workbook('<row r="1"><c t="inlineStr"><is><t>a</t></is></c></row><row r="2"><c><v>1</v></c></row>');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(sound.length - 1), fc.nat(255)), { maxLength: 6 }),
        fc.nat(sound.length),
        async (changes, end) => {
          const bytes = Uint8Array.from(sound);
          for (const [at, byte] of changes) bytes[at] = byte;
          await read("b.xlsx", bytes.subarray(0, end)).catch((error: unknown) =>
            expect(error).toBeInstanceOf(UserError),
          );
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });
});
