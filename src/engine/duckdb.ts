import { rmSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, type DuckDBResult } from "@duckdb/node-api";
import type { Table } from "apache-arrow";
import { arrowTable, chunksTable } from "./arrow.ts";
import { DUCKDB } from "./dialect.ts";
import { countGrainByBits } from "./duckdb-grain.ts";
import {
  boundParameters,
  type NamedSql,
  quoteIdentifier,
  quoteName,
  quoteText,
  SqlError,
  type SqlParameters,
  type SqlRow,
  type TableSource,
  type TypedColumns,
} from "./engine.ts";
import { checkBuilt } from "./grain.ts";
import { clearLeftFolders, spillFolder } from "./temporary-folder.ts";

interface DuckDbSettings {
  /** e.g. `2GB`; beyond it the engine spills to disk. By default 60 % of the machine's memory, or of what it grants. */
  readonly memoryLimit?: string | undefined;
  /** Share of that default, and of the processors, which this engine may have where others run beside it. */
  readonly share?: number | undefined;
  /** Disk that it may spill to, e.g. `20GB`. */
  readonly spillLimit?: string | undefined;
  readonly threads?: number;
}

const MEMORY_SHARE = 0.6;

/** Opens an embedded DuckDB, in memory, with extension loading off: nothing is fetched, nothing is waited for. */
export async function openDuckDb(settings: DuckDbSettings = {}): Promise<TableSource> {
  clearLeftFolders();
  const folder = spillFolder();
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // Never: in memory there is nothing to save, and a checkpoint would rewrite every large table in some later commit.
    checkpoint_threshold: "1TB",
    memory_limit: settings.memoryLimit ?? shareOfMemory(settings.share),
    temp_directory: folder,
    ...threadsOf(settings),
  });
  const connection = await instance.connect();
  // given at the start it is shown by the engine and not kept to
  if (settings.spillLimit !== undefined)
    await connection.run(`set max_temp_directory_size = ${quoteText(settings.spillLimit)}`);
  await connection.run(DUCKDB.functions);
  return engineOn(instance, connection, folder);
}

/** As many as there are processors, unless they are given or shared. */
function threadsOf({ threads, share }: DuckDbSettings): { readonly threads?: string } {
  if (threads === undefined && share === undefined) return {};
  return { threads: String(threads ?? Math.max(1, Math.round(availableParallelism() * (share ?? 1)))) };
}

/** A container may be granted less than the machine has; 0 and absurdly large figures mean that it isn't. */
function shareOfMemory(share = 1): string {
  const granted = process.constrainedMemory?.() ?? 0;
  const total = granted > 0 ? Math.min(granted, totalmem()) : totalmem();
  return `${Math.floor((MEMORY_SHARE * share * total) / 2 ** 20)}MiB`;
}

function engineOn(instance: DuckDBInstance, connection: DuckDBConnection, folder: string): TableSource {
  let isInterrupted = false;
  const schemas = new Set<string>();
  const makeSchema = async (name: string): Promise<void> => {
    const schema = name.slice(0, Math.max(0, name.indexOf(".")));
    if (schema === "" || schemas.has(schema)) return;
    await run({ name, text: `create schema if not exists ${quoteIdentifier(schema)}` }, {});
    schemas.add(schema);
  };
  const run: Run = async (sql, parameters) => {
    if (isInterrupted) throw new SqlError(sql, "interrupted");
    return runNamed(connection, sql, parameters);
  };

  return {
    kind: DUCKDB.kind,
    async execute(sql, parameters = {}) {
      await run(sql, parameters);
    },
    async build(sql, grain, parameters = {}) {
      await makeSchema(sql.name);
      for (const text of DUCKDB.replaceTable(sql.name, sql.text)) await run({ name: sql.name, text }, parameters);
      return checkBuilt(sql, grain, await countGrainByBits(sql.name, grain, (query) => rowsOf(run, query, {})));
    },
    async load(name, columns) {
      await makeSchema(name);
      const typed = Object.entries(columns).map(([column, values]) => `${quoteIdentifier(column)} ${typeOf(values)}`);
      await run({ name, text: `create or replace table ${quoteName(name)} (${typed.join(", ")})` }, {});
      return { name, rows: await append(connection, name, columns) };
    },
    rows: (sql, parameters = {}) => rowsOf(run, sql, parameters),
    async arrow(sql, parameters = {}): Promise<Table> {
      return arrowTable(await run(sql, parameters));
    },
    async describe(sql, parameters = {}) {
      const rows = await rowsOf(run, { name: sql.name, text: `describe ${sql.text}` }, parameters);
      return rows.map((row) => ({ name: String(row.column_name), type: String(row.column_type) }));
    },
    batches: (name) => batches(instance, name),
    interrupt() {
      isInterrupted = true;
      connection.interrupt();
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const CHUNKS_A_BATCH = 10;

/** Streams on a connection of its own; a stream that breaks ends as if complete, which is why the rows are counted. */
async function* batches(instance: DuckDBInstance, name: string): AsyncGenerator<Table> {
  const connection = await instance.connect();
  try {
    const result = await connection.stream(`select * from ${quoteName(name)}`);
    let chunks: DuckDBDataChunk[] = [];
    for (;;) {
      const chunk = await result.fetchChunk();
      const isLast = chunk === null || chunk.rowCount === 0;
      if (!isLast) chunks.push(chunk);
      if (chunks.length === CHUNKS_A_BATCH || (isLast && chunks.length > 0)) {
        yield chunksTable(result, chunks);
        chunks = [];
      }
      if (isLast) return;
    }
  } finally {
    connection.closeSync();
  }
}

type Run = (sql: NamedSql, parameters: SqlParameters) => Promise<DuckDBResult>;

function typeOf(values: TypedColumns[string]): string {
  if (values instanceof Int32Array) return DUCKDB.types.INTEGER;
  return values instanceof Float64Array ? DUCKDB.types.DOUBLE : DUCKDB.types.VARCHAR;
}

async function append(connection: DuckDBConnection, name: string, columns: TypedColumns): Promise<number> {
  const arrays = Object.values(columns);
  const rows = arrays[0]?.length ?? 0;
  if (arrays.some((values) => values.length !== rows)) throw new RangeError(`${name}: columns of different lengths`);
  const dot = name.indexOf(".");
  const appender = await connection.createAppender(name.slice(dot + 1), dot < 0 ? undefined : name.slice(0, dot));
  for (let i = 0; i < rows; i++) {
    for (const values of arrays) {
      if (values instanceof Int32Array) appender.appendInteger(values[i] ?? 0);
      else if (values instanceof Float64Array) appender.appendDouble(values[i] ?? 0);
      else appender.appendVarchar(values[i] ?? "");
    }
    appender.endRow();
  }
  appender.closeSync();
  return rows;
}

async function runNamed(connection: DuckDBConnection, sql: NamedSql, parameters: SqlParameters): Promise<DuckDBResult> {
  try {
    const used = boundParameters(sql.text, parameters);
    return used.length === 0
      ? await connection.run(sql.text)
      : await connection.run(sql.text, Object.fromEntries(used));
  } catch (cause) {
    throw new SqlError(sql, cause);
  }
}

async function rowsOf(run: Run, sql: NamedSql, parameters: SqlParameters): Promise<readonly SqlRow[]> {
  const rows = await (await run(sql, parameters)).getRowObjectsJS();
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([k, v]) => [k, plain(v)])));
}

function plain(value: unknown): unknown {
  if (typeof value === "bigint") {
    if (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) return value;
    return Number(value);
  }
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return value;
}
