import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type CatalogueEntry, sqlOf } from "../../src/catalogue/catalogue.ts";
import { QUALITY } from "../../src/catalogue/quality.ts";
import { packageRoot } from "../../src/package-root.ts";
import { ingested, programme } from "../support/ingest-project.ts";

const entries: readonly CatalogueEntry[] = Object.values(QUALITY);

test("the queries of the data-quality report yield what is declared, bind what is declared and open with their grain", async () => {
  const { files, mappings } = programme(["D1,E1,M1,B1,2014-03-01,"]);
  await ingested(files, mappings, async ({ engine }) => {
    for (const entry of entries) {
      const sql = sqlOf(entry);
      expect(sql.text).toMatch(/^-- One row per /);
      const bound = new Set(sql.text.match(/\$[a-z_]+/g) ?? []);
      const names = Object.keys(entry.parameters);
      expect([...bound].sort()).toEqual(names.map((name) => `$${name}`).sort());
      const columns = await engine.describe(sql, Object.fromEntries(names.map((name) => [name, "1"])));
      expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual(entry.columns);
    }
  });
});

test("every query of the data-quality report is catalogued", () => {
  const found = readdirSync(join(packageRoot(), "queries", "staging")).filter((name) => name.startsWith("quality_"));
  expect(found.map((name) => `staging.${name.replace(".sql", "")}`).sort()).toEqual(
    entries.map(({ name }) => name).sort(),
  );
});
