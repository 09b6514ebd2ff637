import type { Table } from "apache-arrow";

/** A value that may be bound to a `$name` parameter; dates go in as ISO text and are cast in SQL. */
export type SqlValue = string | number | bigint | boolean | null;
export type SqlParameters = Readonly<Record<string, SqlValue>>;
export type SqlRow = Readonly<Record<string, unknown>>;

/** One SELECT with the name it is known by (`risk.person_months`); the name appears in every error about it. */
export interface NamedSql {
  readonly name: string;
  readonly text: string;
}

export type TypedColumns = Readonly<Record<string, Int32Array | Float64Array>>;

export interface BuiltTable {
  readonly name: string;
  readonly rows: number;
}

export interface EngineSettings {
  /** e.g. `2GB`; the engine spills to disk beyond it. */
  readonly memoryLimit?: string;
  readonly threads?: number;
  readonly temporaryFolder?: string;
}

/** What the pipeline asks of a database. Knows SQL, knows nothing of mentoring, matching or reports. */
export interface SqlEngine {
  readonly kind: string;
  /** Runs statements that return nothing of interest (schemas, views, COPY). */
  execute(sql: NamedSql, parameters?: SqlParameters): Promise<void>;
  /** Materialises a SELECT as the table of its name and checks that the grain's columns identify each row. */
  build(sql: NamedSql, grain: readonly string[], parameters?: SqlParameters): Promise<BuiltTable>;
  /** Replaces a table by typed arrays of one length: Int32Array as INTEGER, Float64Array as DOUBLE. */
  load(name: string, columns: TypedColumns): Promise<BuiltTable>;
  /** Row objects, for results of at most some thousands of rows; bigint counts come back as safe numbers. */
  rows(sql: NamedSql, parameters?: SqlParameters): Promise<readonly SqlRow[]>;
  /** Columnar result: engine chunks copied into Arrow vectors, no row object in between. */
  arrow(sql: NamedSql, parameters?: SqlParameters): Promise<Table>;
  /** Column names and SQL types a SELECT would yield, without running it. */
  describe(sql: NamedSql, parameters?: SqlParameters): Promise<ReadonlyArray<{ name: string; type: string }>>;
  interrupt(): void;
  close(): Promise<void>;
}

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

export const quoteIdentifier = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const quoteName = (dotted: string): string => dotted.split(".").map(quoteIdentifier).join(".");
export const quoteText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
