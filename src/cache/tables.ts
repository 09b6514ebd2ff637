import { createHash, randomUUID } from "node:crypto";
import { closeSync, openSync, readSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { quoteName, quoteText, type SqlEngine } from "../engine/engine.ts";
import { makeCacheFolder, touch } from "./store.ts";

/** A table kept as Parquet: its file in the cache folder, and the hash of the file's bytes. */
export interface KeptTable {
  readonly table: string;
  readonly file: string;
  readonly sha256: string;
}

/** Writes every staged table, in the order of its rows, as Parquet files that begin with `name`. */
export async function keepTables(engine: SqlEngine, folder: string, name: string): Promise<readonly KeptTable[]> {
  makeCacheFolder(folder);
  const kept: KeptTable[] = [];
  for (const table of await stagedTables(engine)) {
    const file = `${name}.${table}.parquet`;
    const part = join(folder, `${file}.${randomUUID()}.part`);
    try {
      await engine.execute({
        name: table,
        text: `copy (select * from ${quoteName(table)}) to ${quoteText(part)} (format parquet, compression zstd)`,
      });
      kept.push({ table, file, sha256: hashOf(part) });
      renameSync(part, join(folder, file));
    } catch (error) {
      rmSync(part, { force: true });
      throw error;
    }
  }
  return kept;
}

/** Puts kept tables back; false where one of them is gone or damaged: they are to be made again, all of them. */
export async function restoreTables(engine: SqlEngine, folder: string, kept: readonly KeptTable[]): Promise<boolean> {
  if (!kept.every(({ file, sha256 }) => isWhole(join(folder, file), sha256))) return false;
  await engine.execute({ name: "staging", text: "create schema if not exists staging" });
  for (const { table, file, sha256 } of kept) {
    touch(folder, file);
    const from = `select * from read_parquet(${quoteText(join(folder, file))})`;
    try {
      await engine.execute({ name: table, text: `create or replace table ${quoteName(table)} as ${from}` });
    } catch (error) {
      // a run beside this one may have made room, or put its own file there, since the look a moment ago
      if (!isWhole(join(folder, file), sha256)) return false;
      throw error;
    }
  }
  return true;
}

async function stagedTables(engine: SqlEngine): Promise<readonly string[]> {
  const text = "select table_name from information_schema.tables where table_schema = 'staging' order by table_name";
  const rows = await engine.rows({ name: "staging", text });
  return rows.map(({ table_name }) => `staging.${String(table_name)}`);
}

function isWhole(file: string, sha256: string): boolean {
  try {
    return hashOf(file) === sha256;
  } catch {
    return false;
  }
}

function hashOf(file: string): string {
  const hash = createHash("sha256");
  const part = Buffer.alloc(1 << 20);
  const opened = openSync(file, "r");
  try {
    for (let read = readSync(opened, part); read > 0; read = readSync(opened, part))
      hash.update(part.subarray(0, read));
  } finally {
    closeSync(opened);
  }
  return hash.digest("hex");
}
