import { quoteText, SqlError } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import type { ReadRequest } from "./formats.ts";
import { type RawTable, rawColumn } from "./raw-table.ts";

/** A JSON file (a list of objects, or one object a line) as a raw table; objects are numbered from 1. */
export async function readJson(request: ReadRequest): Promise<RawTable> {
  const { engine, sqlName } = request;
  const objects = `${sqlName}_objects`;
  try {
    await engine.execute({
      name: sqlName,
      text: `create or replace table ${objects} as select row_number() over () as source_row, json
        from read_json_objects(${quoteText(request.absolute)}, format = 'auto', maximum_object_size = 67108864)`,
    });
    const keys = await engine.rows({
      name: sqlName,
      text: `select key, min(source_row) as first_row, min(place) as place
        from (select source_row, unnest(json_keys(json)) as key, unnest(range(len(json_keys(json)))) as place from ${objects} where json_type(json) = 'OBJECT')
        group by key order by first_row, place, key`,
    });
    const headers = keys.map(({ key }) => String(key));
    const columns = headers.map(
      (key, i) => `nullif(trim(json_extract_string(json, ${quoteText(pointer(key))})), '') as ${rawColumn(i)}`,
    );
    await engine.execute({
      name: sqlName,
      text: `create or replace table ${sqlName} as select ${["source_row", ...columns].join(", ")} from ${objects} where json_type(json) = 'OBJECT'`,
    });
    const others = await engine.rows({
      name: sqlName,
      text: `select source_row, left(cast(json as varchar), 200) as value from ${objects} where json_type(json) <> 'OBJECT' order by source_row`,
    });
    await engine.execute({ name: sqlName, text: `drop table ${objects}` });
    const unreadable = others.map((row) => ({
      row: Number(row.source_row),
      rule: "not_json" as const,
      value: String(row.value),
      detail: "",
    }));
    return { sqlName, headers, unreadable, typed: true, recognised: { format: "json" } };
  } catch (error) {
    if (error instanceof SqlError)
      throw new UserError(
        `${request.path} is not readable JSON (a list of objects, or one object a line); export it again`,
        { cause: error },
      );
    throw error;
  }
}

/** JSON Pointer, so that dots and brackets in a key are only signs of its name. */
const pointer = (key: string): string => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
