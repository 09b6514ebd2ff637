import fc from "fast-check";
import { expect, test } from "vitest";
import type { Ingested } from "../../src/ingest/ingest.ts";
import { ingested, programme } from "../support/ingest-project.ts";

const oneOf = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
const day = oneOf("2014-03-01", "2014-09-01", "2015-02-30", "", "x", "2040-01-01", "1999-12-31");
const cell = fc.oneof(
  { weight: 8, arbitrary: oneOf("a", "") },
  { weight: 1, arbitrary: oneOf('"', '"a" b', "a,b,c", '"a\nb"', "é", "'", " ") },
);
const row = fc
  .tuple(
    oneOf("D1", "D2", "D3", ""),
    oneOf("E1", "E2", "E3", "E9", ""),
    oneOf("M1", "M2", "M9"),
    oneOf("B1", "B2", "B9"),
    day,
    day,
    cell,
  )
  .map((cells) => cells.slice(0, 6).join(",") + (cells[6] === "a" || cells[6] === "" ? "" : cells[6]));

test("X2: accepted + rejected = received, rejected rows are named once each, and nothing accepted is named as rejected", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 12 }), async (lines) => {
      const { files, mappings } = programme(lines);
      await ingested(files, mappings, async ({ summary, rows }) => {
        for (const { received, accepted, rejected } of summary.files) expect(accepted + rejected).toBe(received);
        const { quality, rejects } = summary as Ingested;
        expect(quality.files.map(({ received }) => received)).toEqual(summary.files.map(({ received }) => received));
        for (const { listed, rejected, warned } of quality.files) expect(listed).toBe(rejected + warned);
        for (const { content } of rejects) expect(content.startsWith("\ufeff")).toBe(true);
        const both = await rows(
          "select 1 from staging.rejects r join staging.duos d on d.source_file = r.file and d.source_row = r.row where r.severity = 'reject'",
        );
        expect(both).toEqual([]);
        const [named] = await rows(
          "select count(distinct row) as n from staging.rejects where table_name = 'duos' and severity = 'reject'",
        );
        expect(named?.n).toBe(summary.files.find(({ table }) => table === "duos")?.rejected);
      });
    }),
    { numRuns: 12, seed: 3 },
  );
});
