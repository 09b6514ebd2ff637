import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import exceljs from "exceljs";
import fc from "fast-check";
import iconv from "iconv-lite";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readTable } from "../../src/ingest/files/read-table.ts";

interface Written {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: "double" | "backslash";
  readonly always: boolean;
  readonly lineEnd: string;
  readonly lastEnd: boolean;
  readonly encoding: string;
  readonly bom: boolean;
}

const dialect: fc.Arbitrary<Written> = fc.record({
  delimiter: fc.constantFrom(",", ";", "\t", "|"),
  quote: fc.constantFrom('"', '"', '"', "'"),
  escape: fc.constantFrom("double" as const, "double" as const, "backslash" as const),
  always: fc.boolean(),
  lineEnd: fc.constantFrom("\n", "\r\n", "\r"),
  lastEnd: fc.boolean(),
  encoding: fc.constantFrom("utf-8", "windows-1252", "utf-16le", "utf-16be"),
  bom: fc.boolean(),
});

const plain = fc.constantFrom(
  "Ann",
  "Liège",
  "3,5",
  "3.5",
  "2016-01-31",
  "31/01/2016",
  "12",
  "",
  "a b",
  "x-1",
  "O'Neil",
  "woman",
  "10:30",
);
/* Not among them: a lone pair of double quotes, which in a file quoted otherwise is the same bytes as an empty cell. */
const hard = fc.constantFrom(
  "a,b",
  "a;b",
  'say "hi"',
  '"',
  "'",
  "two\nlines",
  "tab\there",
  "a|b",
  "\\",
  "=1+1",
  " ",
  "'quoted'",
  "a\r\nb",
  "#",
  "é€",
);
const cell = fc.oneof({ weight: 9, arbitrary: plain }, { weight: 1, arbitrary: hard });

const table = fc
  .record({ width: fc.integer({ min: 2, max: 6 }), height: fc.integer({ min: 1, max: 12 }) })
  .chain(({ width, height }) =>
    fc.record({
      names: fc.uniqueArray(
        fc.constantFrom("id", "name", "born_on", "Gender", "amount", "town", "date début", "niveau"),
        { minLength: width, maxLength: width },
      ),
      rows: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: height, maxLength: height }),
    }),
  );

function written(rows: readonly (readonly string[])[], how: Written): Buffer {
  const { quote, escape: escaping, delimiter } = how;
  const cellText = (text: string): string => {
    const needs = how.always || text.includes(delimiter) || /[\r\n]/.test(text) || text.includes(quote);
    if (!needs) return text;
    const inner =
      escaping === "double"
        ? text.replaceAll(quote, quote + quote)
        : text.replaceAll("\\", "\\\\").replaceAll(quote, `\\${quote}`);
    return quote + inner + quote;
  };
  const text =
    rows.map((row) => row.map(cellText).join(delimiter)).join(how.lineEnd) + (how.lastEnd ? how.lineEnd : "");
  return iconv.encode(text, how.encoding, { addBOM: how.bom && how.encoding !== "windows-1252" });
}

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dialects-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Says no more than that the first line is taken for names. */
const SAYS_NOTHING = new Set(["header_assumed"]);

async function readBack(
  names: readonly string[],
  rows: readonly (readonly string[])[],
  how: Written,
): Promise<"equal" | "reported" | object> {
  const path = join(folder, "table.csv");
  writeFileSync(path, written([names, ...rows], how));
  const read = await readTable(path).catch(() => null);
  if (read === null) return "reported";
  const equal = JSON.stringify([read.columns, read.rows]) === JSON.stringify([names, rows]);
  if (equal) return "equal";
  return read.warnings.some(({ code }) => !SAYS_NOTHING.has(code))
    ? "reported"
    : { ...read, file: written([names, ...rows], how).toString() };
}

test("a random table in a random dialect comes back exactly, or what was guessed is reported", async () => {
  let equal = 0;
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(table, dialect, async ({ names, rows }, how) => {
      const result = await readBack(names, rows, how);
      runs++;
      if (result === "equal") equal++;
      expect(result === "equal" || result === "reported" ? "fine" : result).toBe("fine");
    }),
    { numRuns: 500, seed: 7 },
  );
  expect(equal / runs).toBeGreaterThan(0.9);
});

test("a random table in a workbook comes back exactly, or what was guessed is reported", async () => {
  await fc.assert(
    fc.asyncProperty(table, async ({ names, rows }) => {
      const book = new exceljs.Workbook();
      book.addWorksheet("S").addRows([[...names], ...rows.map((row) => [...row])]);
      const path = join(folder, "table.xlsx");
      writeFileSync(path, new Uint8Array(await book.xlsx.writeBuffer()));
      const read = await readTable(path).catch(() => null);
      const texts = rows.map((row) => row.map((text) => text.replaceAll("\r\n", "\n")));
      const found = read?.rows.map((row) => row.map((text) => text.replaceAll("\r\n", "\n")));
      const equal = JSON.stringify([read?.columns, found]) === JSON.stringify([names, texts]);
      const reported = read === null || read.warnings.some(({ code }) => !SAYS_NOTHING.has(code));
      expect(equal || reported ? "fine" : { ...read, names, texts }).toBe("fine");
    }),
    { numRuns: 60, seed: 3 },
  );
});
