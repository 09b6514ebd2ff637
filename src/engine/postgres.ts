import type { Table } from "apache-arrow";
import { Client } from "pg";
import { FUNCTIONS_SCHEMA, numbered, POSTGRES } from "./dialect.ts";
import {
  type BuiltTable,
  type NamedSql,
  quoteIdentifier,
  quoteName,
  type SqlColumn,
  SqlError,
  type SqlParameters,
  type TableTarget,
  type TypedColumns,
  UnusableDatabase,
} from "./engine.ts";
import { checkBuilt, countGrain } from "./grain.ts";
import { arrowOfRows, columnsOf, plainRow, type TextRows, valuesOf } from "./postgres-values.ts";

/** Written on every schema that is made here: what carries it may be dropped, what doesn't is somebody else's. */
const MARK = "made by duo-impact for one run; dropped at its end";
/** Rows of one FETCH, and of one INSERT. */
const BATCH = 20_000;
/** `duo-impact` in the key of the lock that keeps two runs out of one database. */
const LOCK = 30_014_748;

/**
 * Connects to a PostgreSQL database for one run: schemas are made as tables ask for them and dropped at the end, tables are
 * unlogged. The database must sort text by its bytes (`C`), as ours does, so that numbers given in order are the same.
 * @throws UnusableDatabase where it can't be reached, is in use by another run, or sorts otherwise
 */
export async function openPostgres(url: string): Promise<TableTarget> {
  const client = await connect(url);
  try {
    const session = sessionOf(client);
    await prepare(session, url);
    return engineOn(session, url);
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function connect(url: string): Promise<Client> {
  const client = new Client({
    connectionString: url,
    application_name: "duo-impact",
    types: { getTypeParser: () => (text: string) => text },
  });
  client.on("error", () => {}); // told again by the statement that runs or comes next
  try {
    await client.connect();
  } catch (cause) {
    const reason = cause instanceof Error && cause.message !== "" ? cause.message : "no answer";
    throw new UnusableDatabase(`PostgreSQL can't be reached: ${reason}`, { cause });
  }
  return client;
}

interface Session {
  readonly processId: number;
  /** One statement with its parameters; values come as text. */
  run(sql: NamedSql, parameters?: SqlParameters): Promise<TextRows>;
  /** Statements that belong together, with nothing of anyone else in between; all or none. */
  together<T>(fn: () => Promise<T>): Promise<T>;
  refuse(): void;
  end(): Promise<void>;
}

function sessionOf(client: Client): Session {
  let isInterrupted = false;
  let last: Promise<unknown> = Promise.resolve();
  const run: Session["run"] = async (sql, parameters = {}) => {
    if (isInterrupted) throw new SqlError(sql, "interrupted");
    try {
      const { text, values } = numbered(sql.text, parameters);
      const { fields, rows, rowCount } = await client.query<(string | null)[]>({
        text,
        values: [...values],
        rowMode: "array",
      });
      return { fields, rows, count: rowCount ?? 0 };
    } catch (cause) {
      throw new SqlError(sql, cause);
    }
  };
  return {
    processId: Number("processID" in client ? client.processID : 0),
    run,
    together(fn) {
      const turn = last.then(() => transaction(client, fn));
      last = turn.catch(() => {});
      return turn;
    },
    refuse() {
      isInterrupted = true;
    },
    end: () => client.end(),
  };
}

async function transaction<T>(client: Client, fn: () => Promise<T>): Promise<T> {
  await client.query("begin");
  try {
    const value = await fn();
    await client.query("commit");
    return value;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function prepare({ run }: Session, url: string): Promise<void> {
  const setting = (text: string): Promise<TextRows> => run({ name: "session", text });
  for (const text of ["set datestyle to ISO", "set timezone to 'UTC'", "set client_min_messages to warning"])
    await setting(text);
  const locked = await setting(`select pg_try_advisory_lock(${LOCK})`);
  if (locked.rows[0]?.[0] !== "t") throw new UnusableDatabase("another run is using this PostgreSQL database");
  const sorts = await setting("select 'Z' < 'a' and 'z' < 'é' and 'a b' < 'a-' and 'a-' < 'aa'");
  if (sorts.rows[0]?.[0] !== "t")
    throw new UnusableDatabase(
      "this PostgreSQL database sorts text by a language's rules; make one that sorts by bytes: create database NAME template template0 lc_collate 'C'",
    );
  await dropMade(url); // left by a run that was killed
  await makeSchema(run, FUNCTIONS_SCHEMA);
  await setting(POSTGRES.functions);
  await setting(`set search_path to ${FUNCTIONS_SCHEMA}, public`);
}

function engineOn(session: Session, url: string): TableTarget {
  const { run, together } = session;
  const rows: TableTarget["rows"] = async (sql, parameters = {}) => {
    const found = await run(sql, parameters);
    const columns = columnsOf(found);
    return found.rows.map((row) => plainRow(columns, row));
  };
  const replace = async (name: string, columns: readonly SqlColumn[]): Promise<void> => {
    await makeSchema(run, schemaOf(name));
    const typed = columns.map((column) => `${quoteIdentifier(column.name)} ${typeOf(column)}`);
    await run({ name, text: `drop table if exists ${quoteName(name)}` });
    await run({ name, text: `create unlogged table ${quoteName(name)} (${typed.join(", ")})` });
  };

  return {
    kind: POSTGRES.kind,
    async execute(sql, parameters = {}) {
      await run(sql, parameters);
    },
    build: (sql, grain, parameters = {}) =>
      together(async () => {
        await makeSchema(run, schemaOf(sql.name));
        let made = 0;
        for (const text of POSTGRES.replaceTable(sql.name, sql.text))
          made = (await run({ name: sql.name, text }, parameters)).count;
        await run({ name: sql.name, text: `analyze ${quoteName(sql.name)}` });
        return checkBuilt(sql, grain, await countGrain(sql.name, grain, rows), made);
      }),
    load: (name, columns) =>
      together(async () => {
        await replace(name, typesOf(columns));
        return insert(run, name, typesOf(columns), Object.values(columns));
      }),
    receive: (name, columns, batches) =>
      together(async () => {
        await replace(name, columns);
        let sent = 0;
        for await (const batch of batches)
          sent += (
            await insert(
              run,
              name,
              columns,
              columns.map((column) => valuesOf(batch, column.name)),
            )
          ).rows;
        await run({ name, text: `analyze ${quoteName(name)}` });
        return { name, rows: sent };
      }),
    rows,
    arrow: (sql, parameters = {}): Promise<Table> =>
      together(async () => {
        await run({ name: sql.name, text: `declare found no scroll cursor for\n${sql.text}` }, parameters);
        const parts: TextRows[] = [];
        do parts.push(await run({ name: sql.name, text: `fetch ${BATCH} from found` }));
        while (parts.at(-1)?.rows.length === BATCH);
        await run({ name: sql.name, text: "close found" });
        return arrowOfRows(parts);
      }),
    async describe(sql, parameters = {}) {
      const text = `select * from (\n${sql.text}\n) as described limit 0`;
      return columnsOf(await run({ name: sql.name, text }, parameters));
    },
    interrupt() {
      session.refuse();
      cancel(url, session.processId).catch(() => {}); // the next statement is refused anyway
    },
    async close() {
      await dropMade(url);
      await session.end();
    },
  };
}

const schemaOf = (name: string): string => name.split(".", 1)[0] ?? name;

/** Makes a schema and marks it; one that is there without the mark is left alone. */
async function makeSchema(run: Session["run"], schema: string): Promise<void> {
  const asked = {
    name: schema,
    text: "select obj_description(oid, 'pg_namespace') from pg_namespace where nspname = $schema",
  };
  const [found] = (await run(asked, { schema })).rows;
  if (found?.[0] === MARK) return;
  if (found !== undefined)
    throw new UnusableDatabase(
      `this PostgreSQL database has a schema '${schema}' that was not made here; give a database of its own`,
    );
  await run({ name: schema, text: `create schema ${quoteIdentifier(schema)}` });
  await run({ name: schema, text: `comment on schema ${quoteIdentifier(schema)} is '${MARK}'` });
}

function typeOf({ name, type }: SqlColumn): string {
  const found = Object.entries(POSTGRES.types).find(([known]) => known === type)?.[1];
  if (found === undefined)
    throw new TypeError(`column ${name}: ${type} is outside the portable subset; cast it in SQL`);
  return found;
}

const typesOf = (columns: TypedColumns): readonly SqlColumn[] =>
  Object.entries(columns).map(([name, values]) => {
    if (values instanceof Int32Array) return { name, type: "INTEGER" };
    return { name, type: values instanceof Float64Array ? "DOUBLE" : "VARCHAR" };
  });

async function insert(
  run: Session["run"],
  name: string,
  columns: readonly SqlColumn[],
  values: ReadonlyArray<ArrayLike<unknown>>,
): Promise<BuiltTable> {
  const rows = values[0]?.length ?? 0;
  if (values.some((column) => column.length !== rows)) throw new RangeError(`${name}: columns of different lengths`);
  const arrays = columns.map((column, i) => `$c${i}::${typeOf(column)}[]`);
  const text = `insert into ${quoteName(name)} select * from unnest(${arrays.join(", ")})`;
  let inserted = 0;
  for (let from = 0; from < rows; from += BATCH) {
    const parameters = values.map((column, i) => [`c${i}`, arrayLiteral(column, from, Math.min(from + BATCH, rows))]);
    inserted += (await run({ name, text }, Object.fromEntries(parameters))).count;
  }
  if (inserted !== rows) throw new SqlError({ name, text }, `${rows} rows were sent but ${inserted} arrived`);
  return { name, rows };
}

/** A PostgreSQL array of the values from one row to before another, as text. */
function arrayLiteral(values: ArrayLike<unknown>, from: number, to: number): string {
  const items: string[] = [];
  for (let i = from; i < to; i++) {
    const value = values[i];
    if (value === null || value === undefined) items.push("NULL");
    else if (typeof value === "string") items.push(`"${value.replace(/["\\]/g, "\\$&")}"`);
    else items.push(String(value));
  }
  return `{${items.join(",")}}`;
}

/** Asks the server, over a connection of its own, to end what a session runs. */
async function cancel(url: string, processId: number): Promise<void> {
  const client = await connect(url);
  await client.query("select pg_cancel_backend($1)", [processId]);
  await client.end();
}

/** Drops what this run has made, over a connection of its own: the run's may have been interrupted or broken. */
async function dropMade(url: string): Promise<void> {
  const client = await connect(url);
  const text = "select nspname from pg_namespace where obj_description(oid, 'pg_namespace') = $1";
  const { rows } = await client.query<{ nspname: string }>(text, [MARK]);
  for (const { nspname } of rows) await client.query(`drop schema ${quoteIdentifier(nspname)} cascade`);
  await client.end();
}
