import type ExcelJS from "exceljs";
import { beforeAll, describe, expect, test } from "vitest";
import type { Document, Table } from "../../src/document/document.ts";
import { renderXlsx } from "../../src/document/xlsx.ts";
import { sampleDocument } from "../support/sample-document.ts";
import { opened, partsOf, partsUnder, tableOf, valuesOf } from "../support/xlsx-parts.ts";

const document = sampleDocument();
let parts: ReadonlyMap<string, string> = new Map();
let workbook: ExcelJS.Workbook;
let bytes = new Uint8Array();
beforeAll(async () => {
  bytes = new Uint8Array(await renderXlsx(document));
  parts = partsOf(bytes);
  workbook = await opened(bytes);
});

const tablesIn = ({ blocks }: Document): readonly Table[] =>
  blocks.flatMap((block) => ("table" in block ? [block.table] : []));
const sheet = (name: string): ExcelJS.Worksheet => {
  const found = workbook.getWorksheet(name);
  if (found === undefined) throw new Error(`no sheet ${name}`);
  return found;
};

describe("S1: what a workbook never holds", () => {
  test("no merged cell, filter, frozen pane, hidden row, column or sheet, header or footer", () => {
    for (const xml of partsUnder(parts, "xl/worksheets/sheet"))
      expect(xml).not.toMatch(/mergeCell|autoFilter|<pane|hidden|oddHeader|oddFooter|headerFooter|<drawing|<f>/i);
    for (const xml of partsUnder(parts, "xl/tables/")) expect(xml).not.toMatch(/autoFilter|filterColumn/i);
    expect(parts.get("xl/workbook.xml")).not.toMatch(/hidden|definedName/i);
  });

  test("no drawing, macro or link to the outside among its parts", () => {
    expect([...parts.keys()].filter((path) => /drawing|media|vba|external|comment|printer/i.test(path))).toEqual([]);
    expect([...parts.values()].filter((xml) => xml.includes('TargetMode="External"'))).toEqual([]);
  });

  test("each sheet but the cover has one marked-up table that begins in column A and ends the sheet", () => {
    const [cover, ...others] = workbook.worksheets;
    expect(cover === undefined ? [] : Object.keys(cover.getTables())).toEqual([]);
    const refs = partsUnder(parts, "xl/tables/").map((xml) => /ref="A(\d+):([A-Z]+)(\d+)"/.exec(xml)?.slice(1));
    expect(refs).toHaveLength(others.length);
    for (const [index, one] of others.entries()) expect(Number(refs[index]?.[2])).toBe(one.rowCount);
  });

  test("table names are legal and unique, headers unique and not empty", () => {
    const names = partsUnder(parts, "xl/tables/").map((xml) => /displayName="([^"]*)"/.exec(xml)?.[1] ?? "");
    expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]{0,254}$/);
    for (const xml of partsUnder(parts, "xl/tables/")) {
      const headers = [...xml.matchAll(/<tableColumn [^>]*name="([^"]*)"/g)].map(([, name = ""]) => name);
      expect(headers.length).toBeGreaterThan(0);
      expect(new Set(headers).size).toBe(headers.length);
      expect(headers.filter((header) => header.trim() === "")).toEqual([]);
    }
  });
});

describe("S2: what a workbook says of itself", () => {
  test("title, organisation, language and keywords are set, and dated by the document", () => {
    const core = parts.get("docProps/core.xml") ?? "";
    expect(core).toContain(`<dc:title>${document.title}</dc:title>`);
    expect(core).toContain("<dc:creator>Impact evaluation</dc:creator>");
    expect(core).toContain("<dc:language>en-GB</dc:language>");
    expect(core).toContain("<cp:keywords>impact evaluation, placement rate</cp:keywords>");
    expect([...core.matchAll(/2018-12-31T00:00:00Z/g)]).toHaveLength(2);
  });

  test("opens on the first sheet with the cursor in A1 of every sheet", () => {
    expect(parts.get("xl/workbook.xml")).toMatch(/activeTab="0"/);
    for (const xml of partsUnder(parts, "xl/worksheets/sheet")) expect(xml).toContain('activeCell="A1" sqref="A1"');
  });
});

describe("S3: its sheets", () => {
  test("cover, contents, notes, then a sheet for each table", () => {
    const names = workbook.worksheets.map(({ name }) => name);
    expect(names).toEqual(["Cover", "Contents", "Notes", ...tablesIn(document).map(({ id }) => id)]);
    for (const name of names) expect(name).toMatch(/^[A-Za-z_][A-Za-z0-9_]{0,30}$/);
  });

  test("the cover states title, headline, notice and every fact", () => {
    const cover = valuesOf(sheet("Cover")).map(([value]) => String(value));
    expect(cover[0]).toBe(document.title);
    expect(cover).toContain(document.headline);
    expect(cover.some((line) => line.startsWith("Synthetic data:"))).toBe(true);
    for (const { label, text } of document.facts) expect(cover).toContain(`${label}: ${text}`);
  });

  test("each table sheet has title, the sentence, notes, markers and source, with no empty row", () => {
    const column = (name: string) => valuesOf(sheet(name)).map(([value]) => value);
    expect(column("cohorts").slice(0, 2)).toEqual([
      "Placement rates and differences by cohort",
      "This worksheet contains one table.",
    ]);
    expect(column("cohorts")[3]).toBe("[note 1] [note 2]");
    expect(column("subgroups")[3]).toMatch(/^\[c\] Confidential.*\n\[d\] Not published/);
    expect(column("subgroups")[4]).toMatch(/^Source: synthetic/);
    for (const { name } of workbook.worksheets) expect(column(name)).not.toContain(null);
  });

  test("every line of the contents leads to the sheet that it names", () => {
    const xml = partsUnder(parts, "xl/worksheets/sheet")[1] ?? "";
    const targets = [...xml.matchAll(/<hyperlink ref="(A\d+)" location="(\w+)!A1"\/>/g)];
    const names = workbook.worksheets.slice(2).map(({ name }) => name);
    expect(targets.map(([, , target]) => target)).toEqual(names);
    expect(
      tableOf(sheet("Contents"))
        .slice(1)
        .map(([tab]) => tab),
    ).toEqual(names);
  });
});

describe("its cells", () => {
  test("S4: a column of numbers holds numbers or whole-cell markers, and an interval takes three columns", () => {
    const [header, ...rows] = tableOf(sheet("cohorts"));
    expect(header).toEqual([
      "Cohort",
      "Difference (percentage points)",
      "Difference, lower limit of the 95% interval",
      "Difference, upper limit of the 95% interval",
    ]);
    expect(rows[0]).toEqual(["2014 (105 / 1,318)", 9.2, -0.6, 19]);
    expect(tableOf(sheet("subgroups")).map((row) => row[2])).toContain("[d]");
  });

  test("a row's group is part of its name, and ends where the total begins", () => {
    const names = tableOf(sheet("subgroups")).map(([name]) => name);
    expect(names).toContain("Qualification \u2013 Low or none");
    expect(names).toContain("Origin \u2013 Other Asia");
    expect(names.at(-1)).toBe("All");
  });

  test("a row's group that a column of the workbook states already is not repeated", async () => {
    const table: Table = {
      id: "stated",
      title: "Stated",
      columns: [
        { id: "breakdown", header: "Breakdown", kind: "name", where: "sheet" },
        { id: "level", header: "Group", kind: "name" },
      ],
      rows: [{ cells: [{ text: "Age" }, { text: "18 to 21" }], group: "Age" }],
    };
    const book = await opened(await renderXlsx(sampleDocument({ blocks: [{ kind: "table", table }] })));
    const found = book.getWorksheet("stated");
    expect(found === undefined ? [] : tableOf(found)[1]).toEqual(["Age", "18 to 21"]);
  });

  test("S5: notes and markers match in both directions", () => {
    const explained = tableOf(sheet("Notes"))
      .slice(1)
      .map(([marker]) => String(marker));
    const elsewhere = workbook.worksheets.slice(3).flatMap((one) => valuesOf(one).flat().map(String));
    const used = elsewhere.flatMap((value) => value.match(/\[note \d+\]|^\[[a-z]\]$/g) ?? []);
    expect(new Set(used)).toEqual(new Set(explained));
    expect(explained).not.toContain("[x]");
  });

  test("a marker that nothing explains is refused", async () => {
    const furniture = { ...document.furniture, markers: { "[c]": "Confidential" } };
    await expect(renderXlsx(sampleDocument({ furniture }))).rejects.toThrow("[d]");
  });

  test("words in a column of numbers are refused with their place", async () => {
    const table: Table = {
      id: "odd",
      title: "Odd",
      columns: [
        { id: "a", header: "A", kind: "name" },
        { id: "b", header: "B", kind: "number" },
      ],
      rows: [{ cells: [{ text: "x" }, { text: "3 of 5" }] }],
    };
    await expect(renderXlsx(sampleDocument({ blocks: [{ kind: "table", table }] }))).rejects.toThrow(
      'table odd, column b: "3 of 5" is neither a number nor an explained marker',
    );
  });

  test("S6: a dash or a blank becomes the marker for what does not apply", async () => {
    const table: Table = {
      id: "blank",
      title: "Blank",
      columns: [
        { id: "a", header: "A", kind: "name" },
        { id: "b", header: "B", kind: "number" },
        { id: "c", header: "C", kind: "text" },
      ],
      rows: [{ cells: [{ text: "x" }, { text: "\u2013" }, { text: "" }] }],
    };
    const book = await opened(await renderXlsx(sampleDocument({ blocks: [{ kind: "table", table }] })));
    const found = book.getWorksheet("blank");
    expect(found === undefined ? [] : tableOf(found)[1]).toEqual(["x", "[z]", "[z]"]);
  });
});

describe("S7: its look", () => {
  test("no fill anywhere, font size 12 or a title's 16, text wrapped, columns 8 to 60 wide", () => {
    const styles = parts.get("xl/styles.xml") ?? "";
    expect([...styles.matchAll(/patternType="(\w+)"/g)].map(([, kind]) => kind)).toEqual(["none", "gray125"]);
    expect(new Set([...styles.matchAll(/<sz val="(\d+)"/g)].map(([, size]) => size))).toEqual(new Set(["12", "16"]));
    for (const one of workbook.worksheets) {
      one.eachRow((row) => {
        row.eachCell((cell) => expect(cell.alignment.wrapText, `${one.name} ${cell.address}`).toBe(true));
      });
      for (const { width = 0 } of one.columns) {
        expect(width).toBeGreaterThanOrEqual(8);
        expect(width).toBeLessThanOrEqual(60);
      }
    }
  });
});

describe("a column of codes", () => {
  test("is wide enough for their capitals, each a third wider than a digit", async () => {
    const table: Table = {
      id: "codes",
      title: "Codes",
      columns: [
        { id: "name", header: "Name", kind: "name" },
        { id: "code", header: "Code", kind: "text" },
      ],
      rows: [{ cells: [{ text: "x" }, { text: "EECO01" }] }],
    };
    const book = await opened(await renderXlsx(sampleDocument({ blocks: [{ kind: "table", table }] })));
    expect(book.getWorksheet("codes")?.getColumn(2).width).toBe(6 + 2 + 3);
  });
});

describe("the same workbook", () => {
  test("is the same to the byte when made again in another time zone", async () => {
    const zone = process.env.TZ;
    process.env.TZ = "Pacific/Auckland";
    const again = await renderXlsx(sampleDocument());
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
    expect(Buffer.compare(Buffer.from(again), Buffer.from(bytes))).toBe(0);
  });

  test("of a document without tables is a cover alone", async () => {
    const book = await opened(await renderXlsx(sampleDocument({ blocks: [] })));
    expect(book.worksheets.map(({ name }) => name)).toEqual(["Cover"]);
  });
});
