import type { CatalogueEntry } from "../../src/catalogue/catalogue.ts";
import { STAGED } from "../../src/catalogue/staging.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteIdentifier, quoteName, quoteText, type SqlEngine, type SqlRow } from "../../src/engine/engine.ts";

export type Cell = string | number | boolean | null;
export type StagedName = keyof typeof STAGED;
/** A staged table as text (`a | b` lines, the first names columns, an empty cell is null) or as row objects. */
export type StagedTables = Readonly<
  Partial<Record<StagedName, string | ReadonlyArray<Readonly<Record<string, Cell>>>>>
>;

/** A DuckDB in memory that holds all staged tables, the given ones filled; close it when done. Few rows are read on one thread. */
export async function stagedEngine(tables: StagedTables = {}): Promise<SqlEngine> {
  const engine = await openDuckDb({ threads: 1 });
  await restage(engine, tables);
  return engine;
}

/** Replaces every staged table. */
export async function restage(engine: SqlEngine, tables: StagedTables): Promise<void> {
  await engine.execute({ name: "staging", text: "create schema if not exists staging" });
  for (const [name, entry] of Object.entries(STAGED)) {
    const given = tables[name as StagedName] ?? [];
    await stage(engine, entry, typeof given === "string" ? parseTable(given) : given);
  }
}

/** Rows of a text table; cells stay text, an empty one is null. */
export function parseTable(text: string): ReadonlyArray<Readonly<Record<string, string | null>>> {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  const [header, ...rows] = lines.map((line) => line.split("|").map((cell) => cell.trim()));
  return rows.map((cells) => Object.fromEntries((header ?? []).map((name, i) => [name, cells[i] || null])));
}

/** Rows as a text table of the named columns: what `parseTable` reads, without padding. */
export function printTable(rows: readonly SqlRow[], columns: readonly string[]): string {
  const line = (cells: readonly unknown[]): string =>
    cells.map((cell) => (cell === null ? "" : String(cell))).join(" | ");
  return [line(columns), ...rows.map((row) => line(columns.map((column) => row[column])))].join("\n");
}

/** A text table as the test wrote it, with the padding taken out, to compare with `printTable`. */
export function trimmed(text: string): string {
  const [first] = text.split("\n").filter((line) => line.trim() !== "");
  const columns = (first ?? "").split("|").map((cell) => cell.trim());
  return printTable(parseTable(text), columns);
}

/** One table of the catalogue with these rows; cells are cast to its columns' types. */
export async function stage(
  engine: SqlEngine,
  entry: CatalogueEntry,
  rows: ReadonlyArray<Readonly<Record<string, Cell>>>,
): Promise<void> {
  const columns = Object.entries(entry.columns);
  const typed = columns.map(([name, type]) => `${quoteIdentifier(name)} ${type}`).join(", ");
  await engine.execute({ name: entry.name, text: `create or replace table ${quoteName(entry.name)} (${typed})` });
  if (rows.length === 0) return;
  const unknown = rows.flatMap((row) => Object.keys(row)).find((name) => !(name in entry.columns));
  if (unknown !== undefined) throw new Error(`${entry.name} has no column ${unknown}`);
  const values = rows.map((row, i) => {
    const filled: Readonly<Record<string, Cell>> = { source_file: entry.name, source_row: i + 1, ...row };
    return `(${columns.map(([name]) => literal(filled[name] ?? null)).join(", ")})`;
  });
  await engine.execute({ name: entry.name, text: `insert into ${quoteName(entry.name)} values ${values.join(",\n")}` });
}

function literal(cell: Cell): string {
  return cell === null ? "null" : quoteText(String(cell));
}
