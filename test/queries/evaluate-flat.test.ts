import { expect, it } from "vitest";
import { type CatalogueEntry, sqlOf } from "../../src/catalogue/catalogue.ts";
import { FLAT, groupedEntry, singlesEntry } from "../../src/catalogue/flat.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlValue } from "../../src/engine/engine.ts";
import { namePersons, openTable } from "../../src/flat/table.ts";
import { fileOf } from "../support/evaluate-command.ts";

const ANY: Readonly<Record<string, SqlValue>> = { VARCHAR: "1", DOUBLE: 1, INTEGER: 1, BOOLEAN: true };

it("flat queries yield the declared columns and bind the declared parameters, on a table without rows", async () => {
  const engine = await openDuckDb();
  const path = fileOf("treated,placed,gender,age\n");
  const table = await openTable(engine, path, ["treated"]);
  const columns = { treated: "treated", outcome: "placed", covariates: ["gender", "age"] };
  await namePersons(engine, table, columns, "table");
  const grouped = groupedEntry(2);
  const { weights, keyed, labels, ...others } = FLAT;
  const built: readonly CatalogueEntry[] = [grouped, weights, keyed, labels];
  for (const entry of [...built, singlesEntry(2), ...Object.values(others)]) {
    const sql = sqlOf(entry);
    const parameters = Object.fromEntries(
      Object.entries(entry.parameters).map(([name, type]) => [name, name === "labels" ? "[]" : (ANY[type] ?? null)]),
    );
    const found = await engine.describe(sql, parameters);
    expect(Object.fromEntries(found.map(({ name, type }) => [name, type])), entry.name).toEqual(entry.columns);
    const bound = new Set([...sql.text.matchAll(/\$([a-z]\w*)/g)].map((match) => match[1]));
    expect(bound, entry.name).toEqual(new Set(Object.keys(entry.parameters)));
    expect(sql.text).toMatch(/^-- One row/);
    if (built.includes(entry)) await engine.build(sql, entry.grain, parameters);
  }
  await engine.close();
});
