import type { Table } from "apache-arrow";

/** A value that may be bound to a `$name` parameter; dates go in as ISO text and are cast in SQL. */
export type SqlValue = string | number | bigint | boolean | null;
/** Values by the name of the `$name` that they are bound to; never pasted into SQL. */
export type SqlParameters = Readonly<Record<string, SqlValue>>;
/** A result's row by column name: BIGINT as a safe number, null where SQL has NULL. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** One SELECT with the name it is known by (`risk.person_months`); the name appears in every error about it. */
export interface NamedSql {
  readonly name: string;
  readonly text: string;
}

/** Columns of one length; their arrays say which type they have: INTEGER, DOUBLE or VARCHAR. */
export type TypedColumns = Readonly<Record<string, Int32Array | Float64Array | readonly string[]>>;

/** The column types of the portable subset, by the names that `describe` gives them, whatever the engine calls them. */
export type SqlType = "BIGINT" | "BOOLEAN" | "DATE" | "DOUBLE" | "INTEGER" | "VARCHAR";

/** A column as `describe` gives it; `type` is one of `SqlType` in the portable subset, else the engine's own name. */
export interface SqlColumn {
  readonly name: string;
  readonly type: string;
}

/**
 * A table that stands in the engine, schema and name with a dot between (`risk.person_months`), and how many rows it
 * has.
 */
export interface BuiltTable {
  readonly name: string;
  readonly rows: number;
}

/** What the pipeline asks of a database. Knows SQL, knows nothing of mentoring, matching or reports. */
export interface SqlEngine {
  readonly kind: string;
  /** Runs statements that return nothing of interest (schemas, views, COPY). */
  execute(sql: NamedSql, parameters?: SqlParameters): Promise<void>;
  /** Materialises a SELECT as the table of its name and checks that the grain's columns identify each row. */
  build(sql: NamedSql, grain: readonly string[], parameters?: SqlParameters): Promise<BuiltTable>;
  /** Replaces a table by typed columns of one length. */
  load(name: string, columns: TypedColumns): Promise<BuiltTable>;
  /** Row objects, for results of at most some thousands of rows; bigint counts come back as safe numbers. */
  rows(sql: NamedSql, parameters?: SqlParameters): Promise<readonly SqlRow[]>;
  /** Columnar result: engine chunks copied into Arrow vectors, no row object in between. */
  arrow(sql: NamedSql, parameters?: SqlParameters): Promise<Table>;
  /** Column names and SQL types a SELECT would yield, without running it. */
  describe(sql: NamedSql, parameters?: SqlParameters): Promise<readonly SqlColumn[]>;
  /** Ends the statement that runs, which fails, and refuses all that follow but `close`. */
  interrupt(): void;
  close(): Promise<void>;
}

/** The parameters that a statement's text names: engines refuse to be handed others. */
export const boundParameters = (text: string, parameters: SqlParameters): readonly (readonly [string, SqlValue])[] =>
  Object.entries(parameters).filter(([name]) => new RegExp(`\\$${name}\\b`).test(text));

/** A failing statement: carries the SQL's name and text, so that a report of the error is enough to repeat it. */
export class SqlError extends Error {
  readonly sql: NamedSql;
  constructor(sql: NamedSql, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${sql.name}: ${reason}\n--- SQL of ${sql.name} ---\n${sql.text}`, { cause });
    this.name = "SqlError";
    this.sql = sql;
  }
}

/** A database that can't be used as it is; the message says what would make it usable and holds no password. */
export class UnusableDatabase extends Error {}

/** An engine that can hand out a table in parts, however large it is. */
export interface TableSource extends SqlEngine {
  /** The rows of a finished table as Arrow tables of some ten thousand rows; count them, see `copyTables`. */
  batches(name: string): AsyncIterable<Table>;
}

/** An engine that can take a table in parts. */
export interface TableTarget extends SqlEngine {
  /** Replaces a table by the rows of all batches. */
  receive(name: string, columns: readonly SqlColumn[], batches: AsyncIterable<Table>): Promise<BuiltTable>;
}

/** One name as SQL writes it, whatever signs are in it. */
export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** A table's name with its schema, `schema.table`, each part quoted. */
export const quoteName = (dotted: string): string => dotted.split(".").map(quoteIdentifier).join(".");
/** A text as SQL writes it. */
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
