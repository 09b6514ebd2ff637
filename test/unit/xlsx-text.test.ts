import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Table } from "../../src/document/document.ts";
import { renderXlsx } from "../../src/document/xlsx.ts";
import { cleanNumber } from "../../src/document/xlsx-adapter.ts";
import { formatOf } from "../../src/document/xlsx-table.ts";
import { headerTexts, tableNames, tabNames } from "../../src/document/xlsx-text.ts";
import { NAUGHTY } from "../support/naughty-strings.ts";
import { sampleDocument } from "../support/sample-document.ts";
import { everywhere } from "../support/texts-everywhere.ts";
import { opened, partsOf, tableOf } from "../support/xlsx-parts.ts";

/** What a workbook can hold of a text: no half surrogate pairs or non-characters, at most 32,767 units. */
const holdable = (text: string): string => text.replace(/\p{Cs}|[\uFFFE\uFFFF]/gu, "\uFFFD");

async function readBack(texts: readonly string[]): Promise<readonly unknown[]> {
  const table: Table = {
    id: "texts",
    title: "Texts",
    columns: [
      { id: "n", header: "Number", kind: "number" },
      { id: "text", header: "Text", kind: "text" },
    ],
    rows: texts.map((text, index) => ({ cells: [{ text: "", value: -index }, { text }] })),
  };
  const book = await opened(await renderXlsx(sampleDocument({ blocks: [{ kind: "table", table }] })));
  const sheet = book.getWorksheet("texts");
  return sheet === undefined
    ? []
    : tableOf(sheet)
        .slice(1)
        .map((row) => row[1]);
}

describe("S8: text in a workbook", () => {
  test("comes back as it went in, and is never a formula", async () => {
    const texts = NAUGHTY.filter((text) => text.trim() !== "");
    expect(await readBack(texts)).toEqual(texts.map(holdable));
  });

  test("comes back as it went in, whatever it is", async () => {
    const text = fc
      .string({ unit: "binary", minLength: 1, maxLength: 40 })
      .filter((value) => !/^[\s\-\u2013\u2014\u2212\u2026]*$/.test(value));
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (texts) => {
        expect(await readBack(texts)).toEqual(texts.map(holdable));
      }),
      { numRuns: 20, seed: 20161231 },
    );
  });

  test("longer than a cell ends in an ellipsis", async () => {
    const [text] = await readBack(["y".repeat(40_000)]);
    expect(text).toBe(`${"y".repeat(32_766)}…`);
  });

  test.each([0, 5, 13])("may be a naughty string in any field (turned by %i)", async (turn) => {
    const document = everywhere(
      [...NAUGHTY.slice(turn), ...NAUGHTY.slice(0, turn)].filter((text) => text.trim() !== ""),
    );
    const bytes = await renderXlsx(document);
    const book = await opened(bytes);
    expect(book.worksheets).toHaveLength(8);
    for (const [path, xml] of partsOf(bytes)) {
      expect(xml, path).not.toMatch(/<f[ >]/);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must be absent
      expect(xml, path).not.toMatch(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/);
    }
  });
});

describe("S8: numbers in a workbook", () => {
  test("stay numbers, negative ones too, and minus zero is zero", () => {
    expect([cleanNumber(-3.5), cleanNumber(1e300), Object.is(cleanNumber(-0), 0)]).toEqual([-3.5, 1e300, true]);
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])("%s is refused", (value) => {
    expect(() => cleanNumber(value)).toThrow(RangeError);
  });

  test("a bigint is refused", () => {
    expect(() => cleanNumber(5n)).toThrow(TypeError);
  });
});

describe("how a number looks", () => {
  test.each([
    ["97.6%", 0.9763, "#,##0.0%"],
    ["97,6 %", 0.9763, "#,##0.0%"],
    ["3,897", 3896.6, "#,##0"],
    ["3 897", 3896.6, "#,##0"],
    ["\u22120,08", -0.0764, "#,##0.00"],
    ["0", 0, "#,##0"],
    ["few", 3, undefined],
  ])("%s, a page's text for %d, has the format %s", (text, value, format) => {
    expect(formatOf(text, value)).toBe(format);
  });
});

describe("names in a workbook", () => {
  test("of tabs lose accents and spaces, begin with a letter, fit in 31 signs and differ", () => {
    const long = "placements_by_qualification_and_origin";
    expect(
      tabNames(["Table des matières", "2016", "Notes", "notes", long, long, "中文", "Regio’s: aantallen"]),
    ).toEqual([
      "Table_des_matieres",
      "t_2016",
      "Notes",
      "notes_2",
      long.slice(0, 31),
      `${long.slice(0, 29)}_2`,
      "table",
      "Regios_aantallen",
    ]);
  });

  test("of tables are never a cell's address", () => {
    expect(tableNames(["T1", "R1C1", "r", "c", "ABC123", "cohorts"])).toEqual([
      "table_T1",
      "table_R1C1",
      "table_r",
      "table_c",
      "table_ABC123",
      "cohorts",
    ]);
  });

  test("of columns are one line, not empty, and differ without regard to case", () => {
    expect(headerTexts(["Rate\n(%)", "rate (%)", "", "\u0007"], ["a", "b", "c", "d"])).toEqual([
      "Rate (%)",
      "rate (%) 2",
      "c",
      "d",
    ]);
  });
});
