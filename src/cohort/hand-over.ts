import { sqlOf } from "../catalogue/catalogue.ts";
import { RISK } from "../catalogue/risk.ts";
import { copyTables } from "../engine/copy-tables.ts";
import type { BuiltTable, TableSource, TableTarget } from "../engine/engine.ts";

/** Copies the staged tables that the queries of `queries/risk` name into the database that will run these. */
export function handOver(staged: TableSource, database: TableTarget): Promise<readonly BuiltTable[]> {
  const named = Object.values(RISK).flatMap((entry) => sqlOf(entry).text.match(/\bstaging\.[a-z_]+/g) ?? []);
  return copyTables(staged, database, [...new Set(named)].sort());
}
