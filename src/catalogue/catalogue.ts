import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type NamedSql, quoteIdentifier, quoteName, type SqlType } from "../engine/engine.ts";
import { packageRoot } from "../package-root.ts";

/** What is declared once about a query of `queries/`; a test holds it against what the engine reports. */
export interface CatalogueEntry {
  /** Table name; `risk.person_months` is `queries/risk/person_months.sql`. */
  readonly name: string;
  readonly parameters: Readonly<Record<string, SqlType>>;
  readonly columns: Readonly<Record<string, SqlType>>;
  /** The columns that identify a row; asserted unique after each build. Empty: at most one row. */
  readonly grain: readonly string[];
}

/** The SELECT of a catalogued query. */
export function sqlOf(entry: CatalogueEntry): NamedSql {
  const path = join(packageRoot(), "queries", `${entry.name.replaceAll(".", "/")}.sql`);
  return { name: entry.name, text: readFileSync(path, "utf8") };
}

/** All rows of a catalogued table once it is built, in the order of its grain. */
export function tableOf(entry: CatalogueEntry): NamedSql {
  const order = entry.grain.length > 0 ? ` order by ${entry.grain.map(quoteIdentifier).join(", ")}` : "";
  return { name: entry.name, text: `select * from ${quoteName(entry.name)}${order}` };
}
