import { quoteIdentifier, quoteText, type SqlColumn, SqlError } from "../../engine/engine.ts";
import { UserError } from "../../user-error.ts";
import type { ReadRequest } from "./formats.ts";
import { type RawTable, rawColumn } from "./raw-table.ts";

const SECONDS = "YYYY-MM-DD HH:mm:ss";
/** Column types that store days or times, of whatever precision, and how their text is written; times with a zone mean no day for certain. */
export const STORED_DATES: Readonly<Record<string, string>> = {
  DATE: "YYYY-MM-DD",
  TIMESTAMP: SECONDS,
  TIMESTAMP_NS: SECONDS,
  TIMESTAMP_MS: SECONDS,
  TIMESTAMP_S: SECONDS,
};

type ParquetRequest = Pick<ReadRequest, "engine" | "sqlName" | "absolute" | "path">;

/** A Parquet file as a raw table; rows are numbered from 1. */
export async function readParquet(request: ParquetRequest): Promise<RawTable> {
  return rawParquet(request, await parquetColumns(request));
}

/** The file's columns with the engine's types. */
export const parquetColumns = (request: ParquetRequest): Promise<readonly SqlColumn[]> =>
  readable(request, () =>
    request.engine.describe({
      name: request.sqlName,
      text: `select * from read_parquet(${quoteText(request.absolute)})`,
    }),
  );

/** Rows that are named to the reader one by one, which passes over the stretches without any: more of them lie everywhere. */
export const MOST_NAMED = 1000;

/** Condition of few rows, by their numbers from 0. */
export const namedRows = (numbers: readonly number[]): string =>
  numbers.length === 0 ? "false" : `file_row_number in (${numbers.join(", ")})`;

/** Rows of a Parquet file as text, all or those that fulfil a condition over `file_row_number` (from 0). */
export async function rawParquet(
  request: ParquetRequest,
  described: readonly SqlColumn[],
  condition = "true",
): Promise<RawTable> {
  const { engine, sqlName, absolute } = request;
  const headers = described.map(({ name }) => name);
  const columns = headers.map((name, i) => `nullif(cast(${quoteIdentifier(name)} as varchar), '') as ${rawColumn(i)}`);
  await readable(request, () =>
    engine.execute({
      name: sqlName,
      text: `create or replace table ${sqlName} as select ${["file_row_number + 1 as source_row", ...columns].join(", ")}
        from read_parquet(${quoteText(absolute)}, file_row_number = true) where ${condition}`,
    }),
  );
  const storedDates = new Map(
    described.flatMap(({ name, type }) => (STORED_DATES[type] === undefined ? [] : [[name, STORED_DATES[type]]])),
  );
  return { sqlName, headers, unreadable: [], typed: true, storedDates, recognised: { format: "parquet" } };
}

async function readable<T>({ path }: ParquetRequest, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof SqlError)
      throw new UserError(`${path} is not a readable Parquet file; export it again`, { cause: error });
    throw error;
  }
}
