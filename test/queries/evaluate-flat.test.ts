import { expect, it } from "vitest";
import { type CatalogueEntry, sqlOf } from "../../src/catalogue/catalogue.ts";
import { FLAT, textsEntry } from "../../src/catalogue/flat.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlValue } from "../../src/engine/engine.ts";
import { kindsOf } from "../../src/flat/kinds.ts";
import { namePersons, openTable } from "../../src/flat/table.ts";
import { fileOf } from "../support/evaluate-command.ts";

const ANY: Readonly<Record<string, SqlValue>> = { VARCHAR: "1", DOUBLE: 1, INTEGER: 1, BOOLEAN: true };

/** As stageTable lays it down, for rows and for texts at once. */
const STAGED = `select cast(0 as utinyint) as arm, cast(0 as double) as outcome, '' as id, 0 as k1,
  0.0::double as rows, 0.0::double as sum, 0.0::double as sumsq where false`;

it("flat queries yield the declared columns and bind the declared parameters, on a table without rows", async () => {
  const engine = await openDuckDb();
  const path = fileOf("treated,placed,gender,age\n");
  const table = await openTable(engine, path, ["treated"]);
  const columns = { treated: "treated", outcome: "placed", covariates: ["gender", "age"] };
  await namePersons(engine, table, columns, "table");
  await kindsOf(engine, { table: "flat.persons", covariates: [] });
  await engine.build({ name: "flat.staged", text: STAGED }, []);
  const { weights, grouped, participant_strata, keyed, labels, ...others } = FLAT;
  const built: readonly CatalogueEntry[] = [textsEntry(2), weights, grouped, participant_strata, keyed, labels];
  for (const entry of [...built, ...Object.values(others)]) {
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
