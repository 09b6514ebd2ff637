import { quoteIdentifier, quoteText, SqlError } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import type { ReadRequest } from "./formats.ts";
import { type RawTable, rawColumn } from "./raw-table.ts";

/** A Parquet file as a raw table; rows are numbered from 1. */
export async function readParquet(
  request: Pick<ReadRequest, "engine" | "sqlName" | "absolute" | "path">,
): Promise<RawTable> {
  const file = `read_parquet(${quoteText(request.absolute)}, file_row_number = true)`;
  try {
    const described = await request.engine.describe({ name: request.sqlName, text: `select * from ${file}` });
    const headers = described.map(({ name }) => name).filter((name) => name !== "file_row_number");
    const columns = headers.map(
      (name, i) => `nullif(trim(cast(${quoteIdentifier(name)} as varchar)), '') as ${rawColumn(i)}`,
    );
    await request.engine.execute({
      name: request.sqlName,
      text: `create or replace table ${request.sqlName} as select file_row_number + 1 as source_row, ${columns.join(", ")} from ${file}`,
    });
    return { sqlName: request.sqlName, headers, unreadable: [], typed: true, recognised: { format: "parquet" } };
  } catch (error) {
    if (error instanceof SqlError)
      throw new UserError(`${request.path} is not a readable Parquet file; export it again`, { cause: error });
    throw error;
  }
}
