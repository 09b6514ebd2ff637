import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoteIdentifier, quoteText, type SqlEngine, type SqlRow } from "./engine.ts";

/**
 * Rows as a Parquet file, in their order. Uncompressed, so that its texts can be searched: repeated ones take little room
 * by their dictionaries. The same rows give the same bytes.
 * @param rows a JSON array of objects
 * @param types SQL types by column, in order
 */
export async function parquetOf(
  engine: SqlEngine,
  rows: string,
  types: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-parquet-"));
  const [from, to] = [join(folder, "rows.json"), join(folder, "rows.parquet")];
  const columns = Object.entries(types).map(([name, type]) => `${quoteIdentifier(name)}: ${quoteText(type)}`);
  const read = `read_json(${quoteText(from)}, format = 'array', columns = {${columns.join(", ")}})`;
  try {
    writeFileSync(from, rows);
    const text = `copy (select * from ${read}) to ${quoteText(to)} (format parquet, compression uncompressed)`;
    await engine.execute({ name: "rows as parquet", text });
    return new Uint8Array(readFileSync(to));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The rows of a small Parquet file, in their order. */
export const rowsOfParquet = (engine: SqlEngine, path: string): Promise<readonly SqlRow[]> =>
  engine.rows({ name: "rows of parquet", text: `select * from read_parquet(${quoteText(path)})` });
