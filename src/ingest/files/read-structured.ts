import { stat } from "node:fs/promises";
import { openDuckDb } from "../../engine/duckdb.ts";
import type { SqlEngine } from "../../engine/engine.ts";
import { UserError } from "../../user-error.ts";
import type { TextTable } from "../delimited/read-delimited.ts";
import { type RawTable, rawColumn } from "./raw-table.ts";
import { infiniteCells, jsonTable, nestedCells } from "./read-json.ts";
import { readParquet } from "./read-parquet.ts";
import { type ReadWarning, warning } from "./read-warning.ts";

const SQL_NAME = "read_again";

/** A JSON or Parquet file as a table of text; rows are numbered from 1. */
export async function readStructured(
  absolute: string,
  path: string,
  format: "json" | "parquet",
  temporaryFolder: string,
  mostRows: number,
): Promise<TextTable> {
  const engine = await openDuckDb();
  try {
    const request = { engine, sqlName: SQL_NAME, absolute, path, temporaryFolder };
    const raw = format === "json" ? await jsonTable(request) : await readParquet(request);
    const warnings = format === "json" ? await jsonWarnings(engine, raw) : [];
    if (raw.headers.length === 0 && (await stat(absolute)).size === 0)
      throw new UserError(`${path} is empty; export it again`);
    if (raw.headers.length === 0)
      throw new UserError(`${path} holds no table (a list of objects, or one object a line); export it again`);
    const columns = raw.headers.map((_, i) => `coalesce(${rawColumn(i)}, '') as ${rawColumn(i)}`);
    const rows = await engine.rows({
      name: SQL_NAME,
      text: `select ${columns.join(", ")} from ${SQL_NAME} order by source_row limit ${mostRows + 1}`,
    });
    if (rows.length > mostRows)
      throw new UserError(`${path} has more than ${mostRows} rows: read it by a pipeline, which takes any size`);
    return {
      dialect: { format, width: raw.headers.length },
      columns: raw.headers,
      rows: rows.map((row) => raw.headers.map((_, i) => String(row[rawColumn(i)]))),
      warnings,
    };
  } finally {
    await engine.close();
  }
}

async function jsonWarnings(engine: SqlEngine, raw: RawTable): Promise<readonly ReadWarning[]> {
  const infinite = await infiniteCells(engine, SQL_NAME, raw.headers);
  const nested = await nestedCells(engine, SQL_NAME, raw.headers);
  return [
    ...raw.unreadable.map(({ row }) =>
      warning("not_json", row, `row ${row} is not an object with one value a column; it was left out`),
    ),
    ...infinite.map(({ row, header, value }) =>
      warning(
        "not_finite",
        row,
        `row ${row}, \`${header}\` holds ${value}, which is no number in JSON; it was kept as text`,
        raw.headers.indexOf(header) + 1,
      ),
    ),
    ...nested.map(({ row, header, value }) =>
      warning(
        "nested",
        row,
        `row ${row}, \`${header}\` holds a list or an object; its JSON text was kept${isTable(value) ? ": if it is the table, send the list alone" : ""}`,
        raw.headers.indexOf(header) + 1,
      ),
    ),
  ];
}

/** Whether a JSON text is a list of objects. */
const isTable = (json: string): boolean => /^\[\s*\{/.test(json);
