import { type DuckDBConnection, DuckDBInstance, type DuckDBResult } from "@duckdb/node-api";
import type { Table } from "apache-arrow";
import { arrowTable } from "./arrow.ts";
import {
  type BuiltTable,
  type EngineSettings,
  type NamedSql,
  quoteIdentifier,
  quoteName,
  type SqlEngine,
  SqlError,
  type SqlParameters,
  type SqlRow,
  type TypedColumns,
} from "./engine.ts";

/**
 * What the portable SQL of `queries/` may use beyond ANSI, defined once an engine.
 * `hash32(text)`: the first 32 bits of the text's MD5 as a non-negative BIGINT.
 * `add_months(day, months)`: the same day of a later month, clamped to that month's end.
 * `month_number(day)`: year * 12 + month - 1.
 * `div(a, b)`: a / b without its fraction, for whole numbers.
 */
const DIALECT = `
create or replace macro hash32(t) as cast('0x' || substr(md5(t), 1, 8) as bigint);
create or replace macro add_months(day, months) as cast(day + to_months(cast(months as integer)) as date);
create or replace macro month_number(day) as cast(year(day) * 12 + month(day) - 1 as integer);
create or replace macro div(a, b) as (a) // (b);
`;

/** Opens an embedded DuckDB, in memory, with extension loading off: nothing is fetched, nothing is waited for. */
export async function openDuckDb(settings: EngineSettings = {}): Promise<SqlEngine> {
  const instance = await DuckDBInstance.create(":memory:", {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // Never: in memory there is nothing to save, and a checkpoint would rewrite every large table in some later commit.
    checkpoint_threshold: "1TB",
    ...(settings.memoryLimit === undefined ? {} : { memory_limit: settings.memoryLimit }),
    ...(settings.threads === undefined ? {} : { threads: String(settings.threads) }),
    ...(settings.temporaryFolder === undefined ? {} : { temp_directory: settings.temporaryFolder }),
  });
  const connection = await instance.connect();
  await connection.run(DIALECT);
  return engineOn(instance, connection);
}

function engineOn(instance: DuckDBInstance, connection: DuckDBConnection): SqlEngine {
  const run: Run = (sql, parameters) => runNamed(connection, sql, parameters);

  return {
    kind: "duckdb",
    async execute(sql, parameters = {}) {
      await run(sql, parameters);
    },
    async build(sql, grain, parameters = {}) {
      await makeSchema(run, sql.name);
      await run({ name: sql.name, text: `create or replace table ${quoteName(sql.name)} as\n${sql.text}` }, parameters);
      return checkGrain(sql, grain, (query) => rowsOf(run, query, {}));
    },
    async load(name, columns) {
      await makeSchema(run, name);
      const typed = Object.entries(columns).map(
        ([column, values]) => `${quoteIdentifier(column)} ${values instanceof Int32Array ? "integer" : "double"}`,
      );
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
    interrupt() {
      connection.interrupt();
    },
    async close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

type Run = (sql: NamedSql, parameters: SqlParameters) => Promise<DuckDBResult>;

async function makeSchema(run: Run, name: string): Promise<void> {
  const dot = name.indexOf(".");
  if (dot >= 0) await run({ name, text: `create schema if not exists ${quoteIdentifier(name.slice(0, dot))}` }, {});
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
      else appender.appendDouble(values[i] ?? 0);
    }
    appender.endRow();
  }
  appender.closeSync();
  return rows;
}

async function runNamed(connection: DuckDBConnection, sql: NamedSql, parameters: SqlParameters): Promise<DuckDBResult> {
  try {
    const used = Object.entries(parameters).filter(([name]) => new RegExp(`\\$${name}\\b`).test(sql.text));
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

async function checkGrain(
  sql: NamedSql,
  grain: readonly string[],
  rows: (sql: NamedSql) => Promise<readonly SqlRow[]>,
): Promise<BuiltTable> {
  const table = quoteName(sql.name);
  const columns = grain.map(quoteIdentifier).join(", ");
  const distinct = grain.length === 0 ? "1" : `(select count(*) from (select distinct ${columns} from ${table}))`;
  const [counted] = await rows({
    name: sql.name,
    text: `select count(*) as total, ${distinct} as identified from ${table}`,
  });
  const total = Number(counted?.total);
  const identified = Number(counted?.identified);
  if (grain.length > 0 && total !== identified)
    throw new SqlError(sql, `${total} rows but ${identified} distinct values of its grain (${grain.join(", ")})`);
  return { name: sql.name, rows: total };
}
