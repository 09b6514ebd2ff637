import { tableFromArrays, tableToIPC } from "apache-arrow";
import { strToU8, zipSync } from "fflate";
import { describe, expect, test } from "vitest";
import { renderPdf } from "../../src/document/pdf.ts";
import { identifierCounts, identifiersAmong } from "../../src/ingest/identity/identifiers.ts";
import { isNationalNumber } from "../../src/ingest/identity/national-numbers.ts";
import { fileWords } from "../../src/publish/file-words.ts";
import { scanForIdentifiers, tokensOf } from "../../src/publish/identifier-scan.ts";
import { UserError } from "../../src/user-error.ts";
import { ingested, programme } from "../support/ingest-project.ts";
import { sampleDocument } from "../support/sample-document.ts";

const known = new Map([
  ["syn-e00123", "mentee id"],
  ["act-0004711", "person number"],
  ["123456789", "person number"],
]);
const lookup = async (tokens: readonly string[]) => new Map([...known].filter(([token]) => tokens.includes(token)));

async function problems(path: string, content: string | Uint8Array): Promise<readonly string[]> {
  try {
    await scanForIdentifiers(new Map([[path, content]]), lookup);
    return [];
  } catch (error) {
    if (error instanceof UserError) return error.problems;
    throw error;
  }
}

describe("X6: the scan for identifiers", () => {
  test.each([
    ["index.html", "<h1>Results of SYN-E00123</h1>"],
    ["index.html", '<p title="syn-e00123">x</p>'],
    ["index.html", "<p>SYN&#45;E00123</p>"],
    ["metrics/metrics.csv", "region\r\nbrussels (ACT-0004711)\r\n"],
    ["metrics/metrics.json", '[{"level":"123456789"}]'],
    ["metrics/metrics.arrow", tableToIPC(tableFromArrays({ level: ["woman", "SYN-E00123", "man"] }))],
    ["patterns/table.arrow", tableToIPC(tableFromArrays({ level: ["a,123456789,b"], n: [1] }))],
    ["reports/x.xlsx", zipSync({ "xl/sharedStrings.xml": strToU8("<t>of ACT-0004711, who</t>") })],
    ["reports/SYN-E00123.html", "<p></p>"],
    ["manifest.json", '{"title":"SYN-E00123"}'],
    ["progress notes", "12 rows of SYN-E00123"],
  ])("finds one in %s", async (path, content) => {
    const found = await problems(path, content);
    expect(found).toEqual([
      expect.stringMatching(/holds a (person number|mentee id) of the input; nothing was published/),
    ]);
    if (!path.includes("SYN")) expect(found.join()).not.toMatch(/SYN-E00123|ACT-0004711|123456789/i);
  });

  test.each([
    ["a count that is equal to a number", "metrics.json", '[{"n":123456789,"value":0.123456789}]'],
    ["a decimal", "metrics.csv", "value\r\n0.123456789\r\n"],
    ["a part of a longer token", "index.html", "<p>SYN-E001234 XSYN-E00123 1234567890</p>"],
    [
      "an embedded font",
      "index.html",
      "<style>src:url(data:font/woff2;base64,AAAA/123456789/SYN-E00123)</style>".replaceAll("-", "+"),
    ],
    ["a grouped number", "index.html", "<p>123 456 789</p>"],
  ])("lets pass %s", async (_, path, content) => {
    expect(await problems(path, content)).toEqual([]);
  });

  test("reads what a PDF shows, and what it holds beside its pages", async () => {
    const shown = sampleDocument({ blocks: [{ kind: "text", text: "A word about SYN-E00123." }] });
    expect(await problems("reports/x.pdf", await renderPdf(shown, new Map()))).toHaveLength(1);
    const titled = sampleDocument({ title: "Of ACT-0004711", blocks: [] });
    expect(await problems("reports/x.pdf", await renderPdf(titled, new Map()))).toHaveLength(1);
    const clean = await renderPdf(sampleDocument({ blocks: [{ kind: "text", text: "A word." }] }), new Map());
    expect(fileWords("x.pdf", clean)).toContain("A word.");
    expect(await problems("reports/x.pdf", clean)).toEqual([]);
  });

  test("takes whole tokens with the signs inside them", () => {
    expect([...tokensOf("Duo BXL.2014-033/A, of 12.5 %")]).toEqual(
      expect.arrayContaining(["bxl.2014", "bxl.2014-033", "bxl.2014-033/a"]),
    );
  });

  test("is asked of the staged sources in one join, with the national numbers, and says how many it can't tell", async () => {
    const given = programme(["D-2014-1,E1,M1,B1,2014-03-01,", "D-2014-2,E9,M1,B1,2014-03-01,"]);
    await ingested(given.files, given.mappings, async ({ engine }) => {
      const nine = "900101001";
      const number = nine + String(97 - (Number(nine) % 97)).padStart(2, "0");
      expect(isNationalNumber(number)).toBe(true);
      const found = await identifiersAmong(engine, ["d-2014-1", "d-2014-2", "d-2014-3", "e1", number]);
      expect([...found]).toEqual(
        expect.arrayContaining([
          ["d-2014-1", "duo id"],
          [number, "Belgian national number"],
        ]),
      );
      expect(found.has("d-2014-3")).toBe(false);
      expect(await identifierCounts(engine)).toEqual({ identifiers: 6, leftOut: 5 });
    });
  });
});
