import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readDelimited } from "../../src/ingest/delimited/read-delimited.ts";
import { readTable } from "../../src/ingest/files/read-table.ts";
import { UserError } from "../../src/user-error.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "fuzz-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const piece = fc.constantFrom(
  '"',
  "'",
  ",",
  ";",
  "\t",
  "|",
  " ",
  "\n",
  "\r",
  "\r\n",
  "\\",
  "a",
  "12",
  "é",
  "\0",
  "=1+1",
  "<script>",
  "🙂",
  "\u202e",
  "2016-01-31",
  "sep=;\n",
  "#",
);

test("any bytes are read or refused, never a crash", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), async (bytes) => {
      const path = join(folder, "any.csv");
      writeFileSync(path, bytes);
      await readTable(path).catch((error: unknown) => expect(error).toBeInstanceOf(UserError));
    }),
    { numRuns: 300, seed: 9 },
  );
});

test("any text of delimiters, quotes and line ends is read, and every row is as wide as the table or reported", () => {
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 60 }), (pieces) => {
      const { columns, rows, warnings } = readDelimited(pieces.join(""));
      for (const row of rows)
        if (row.length !== columns.length)
          expect(warnings.some(({ code }) => code === "long_row" || code === "trailing_delimiter")).toBe(true);
    }),
    { numRuns: 1500, seed: 9 },
  );
});

test.each([
  ["one quote and no end", `a,b\n"${"x,y\n".repeat(200_000)}`],
  ["a quote a line that never closes", `a,b\n${'"x,y\n'.repeat(100_000)}`],
  ["quotes only", '"'.repeat(500_000)],
  ["separators of every kind", ",;|\t:^~*#&!@ §¦".repeat(40_000)],
  ["one endless line", "a".repeat(2_000_000)],
  ["carriage returns only", "\r".repeat(500_000)],
  ["escaped quotes of every kind", `a,b\n${'"\\"",^"~"\'x\'\n'.repeat(20_000)}`],
])(
  "%s: is read in the time of a test, where a second look at every sign for each would take hours",
  {
    timeout: 120_000,
  },
  (_, text) => {
    expect(readDelimited(text)).toHaveProperty("rows");
  },
);
