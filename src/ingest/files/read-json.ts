import { createWriteStream } from "node:fs";
import { basename, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { quoteText, type SqlEngine, SqlError } from "../../engine/engine.ts";
import { UserError } from "../../user-error.ts";
import { mappedHeaders } from "../rules/incoming.ts";
import { decideEncoding, decodedText } from "./encoding.ts";
import type { ReadRequest } from "./formats.ts";
import { type RawTable, rawColumn, type Unreadable } from "./raw-table.ts";
import { scanFile } from "./scan.ts";

/** A JSON file (a list of objects, or one object a line) as a raw table; objects are numbered from 1. A row with a list or an object in a mapped column is unreadable. */
export async function readJson(request: ReadRequest): Promise<RawTable> {
  const { engine, sqlName } = request;
  const raw = await jsonTable(request);
  const wanted = mappedHeaders(request.mapping);
  const infinite = (await infiniteCells(engine, sqlName, raw.headers)).filter(({ header }) => wanted.includes(header));
  const nested = (await nestedCells(engine, sqlName, raw.headers)).filter(({ header }) => wanted.includes(header));
  const rows = [...new Set(nested.map(({ row }) => row))];
  if (rows.length > 0)
    await engine.execute({ name: sqlName, text: `delete from ${sqlName} where source_row in (${rows.join(", ")})` });
  const unreadable = rows.map((row): Unreadable => {
    const cells = nested.filter((cell) => cell.row === row);
    return { row, rule: "nested", value: cells[0]?.value ?? "", detail: cells.map(({ header }) => header).join(", ") };
  });
  const repaired = infinite
    .filter(({ row }) => !rows.includes(row))
    .map(({ row, header, value }) => ({ row, rule: "not_finite" as const, value, detail: `\`${header}\`` }));
  return { ...raw, unreadable: [...raw.unreadable, ...unreadable].sort((a, b) => a.row - b.row), repaired };
}

/** An object that names each column once: of two values for one, neither is known to be meant. */
const IS_ROW = "json_type(json) = 'OBJECT' and len(json_keys(json)) = len(list_distinct(json_keys(json)))";

/**
 * A JSON file in UTF-8 without its mark, which the engine takes for a part of the text; UTF-16 is known by its own mark.
 * @throws UserError for any other encoding
 */
async function plainJson(absolute: string, path: string, folder: string): Promise<string> {
  const scan = await scanFile(absolute);
  if (scan.bom === undefined && scan.isUtf8) return absolute;
  const { encoding, problem } = decideEncoding(scan, "auto");
  if (scan.bom === undefined || problem !== undefined)
    throw new UserError(`${path} is not UTF-8, as JSON has to be; export it again`);
  const target = join(folder, `plain-${basename(absolute)}`);
  await pipeline(decodedText(absolute, encoding), createWriteStream(target, { encoding: "utf8", mode: 0o600 }));
  return target;
}

/** The objects of a JSON file, lists and objects inside them as their JSON text. */
export async function jsonTable({
  engine,
  sqlName,
  absolute: given,
  path,
  temporaryFolder,
}: Pick<ReadRequest, "engine" | "sqlName" | "absolute" | "path" | "temporaryFolder">): Promise<RawTable> {
  const objects = `${sqlName}_objects`;
  const absolute = await plainJson(given, path, temporaryFolder);
  try {
    await engine.execute({
      name: sqlName,
      text: `create or replace table ${objects} as select row_number() over () as source_row, json
        from read_json_objects(${quoteText(absolute)}, format = 'auto', maximum_object_size = 67108864)`,
    });
    const keys = await engine.rows({
      name: sqlName,
      text: `select key, min(source_row) as first_row, min(place) as place
        from (select source_row, unnest(json_keys(json)) as key, unnest(range(len(json_keys(json)))) as place from ${objects} where json_type(json) = 'OBJECT')
        group by key order by first_row, place, key`,
    });
    const headers = keys.map(({ key }) => String(key));
    const textOf = (await hasLongDecimals(engine, objects)) ? textWithDigits : textOfCell;
    const columns = headers.map((key, i) => `nullif(${textOf(key)}, '') as ${rawColumn(i)}`);
    await engine.execute({
      name: sqlName,
      text: `create or replace table ${sqlName} as select ${["source_row", ...columns].join(", ")} from ${objects} where ${IS_ROW}`,
    });
    const others = await engine.rows({
      name: sqlName,
      text: `select source_row, left(cast(json as varchar), 200) as value from ${objects} where not (${IS_ROW}) order by source_row`,
    });
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
        `${path} is not readable JSON (a list of objects, or one object a line)${placeIn(error)}; export it again`,
        { cause: error },
      );
    throw error;
  }
}

const textOfCell = (key: string): string => `json_extract_string(json, ${quoteText(pointer(key))})`;

/** A number of more figures than the engine's floating point keeps, where a value may stand. */
const LONG_DECIMAL = "-?[0-9.]{17,}([eE][-+]?[0-9]+)?";

async function hasLongDecimals(engine: SqlEngine, objects: string): Promise<boolean> {
  const found = await engine.rows({
    name: objects,
    text: `select 1 from ${objects} where regexp_matches(cast(json as varchar), ':\\s*${LONG_DECIMAL}') limit 1`,
  });
  return found.length > 0;
}

/** Lists and objects without any inside them. */
const INNERMOST = String.raw`\{[^{}]*\}|\[[^\[\]]*\]`;
/** How deep lists and objects are looked for in which the same key may stand. */
const DEPTH = 4;

/** A cell's text, of a decimal with every figure that the file has: the engine would round it to a floating point number. */
function textWithDigits(key: string): string {
  const named = `"${[...key].map(signInJson).join("")}"\\s*:\\s*(${LONG_DECIMAL})\\s*([,}]|$)`;
  const object = "trim(cast(json as varchar))";
  let flat = `substr(${object}, 2, length(${object}) - 2)`;
  for (let i = 0; i < DEPTH; i++) flat = `regexp_replace(${flat}, ${quoteText(INNERMOST)}, 'null', 'g')`;
  const cell = `json_extract(json, ${quoteText(pointer(key))})`;
  const cases = [flat, object].map((text) => {
    const written = `regexp_extract(${text}, ${quoteText(named)}, 1)`;
    return `when try_cast(${written} as double) = try_cast(${cell} as double) then ${written}`;
  });
  return `case when json_type(${cell}) is distinct from 'DOUBLE' then ${textOfCell(key)} ${cases.join(" ")} else ${textOfCell(key)} end`;
}

/** A pattern of a sign of a key: as it stands, or by its number, a slash and the like with a backslash. */
function signInJson(sign: string): string {
  const numbered = Array.from({ length: sign.length }, (_, i) => sign.charCodeAt(i).toString(16).padStart(4, "0"));
  const literal = (text: string): string => text.replaceAll(/[\\^$.|?*+()[\]{}]/g, "\\$&");
  const escaped = sign === "/" ? ["\\\\/"] : [];
  const forms = [
    literal(JSON.stringify(sign).slice(1, -1)),
    ...escaped,
    `(?i:${numbered.map((code) => `\\\\u${code}`).join("")})`,
  ];
  return `(?:${forms.join("|")})`;
}

interface OddCell {
  readonly row: number;
  readonly header: string;
  readonly value: string;
}

/** Cells of the objects that hold a list or an object; the objects are dropped afterwards. */
export async function nestedCells(
  engine: SqlEngine,
  sqlName: string,
  headers: readonly string[],
): Promise<readonly OddCell[]> {
  const objects = `${sqlName}_objects`;
  const found = await oddCells(
    engine,
    sqlName,
    headers,
    (cell) => `select source_row, left(cast(${cell} as varchar), 200) as value from ${objects}
      where json_type(json) = 'OBJECT' and json_type(${cell}) in ('OBJECT', 'ARRAY')`,
  );
  await engine.execute({ name: sqlName, text: `drop table ${objects}` });
  return found;
}

/**
 * Cells of the objects that hold NaN or an infinity, which some programs write for numbers; a text of that name is none.
 * To be asked before `nestedCells`, which drops the objects.
 */
export const infiniteCells = (
  engine: SqlEngine,
  sqlName: string,
  headers: readonly string[],
): Promise<readonly OddCell[]> =>
  oddCells(
    engine,
    sqlName,
    headers,
    (cell, text) => `select source_row, ${text} as value from ${sqlName} join ${sqlName}_objects using (source_row)
      where lower(${text}) in ('nan', '-nan', 'inf', '-inf', 'infinity', '-infinity') and json_type(${cell}) = 'DOUBLE'`,
  );

/** Column by column what a query finds of the JSON value in a cell, or of its text. */
async function oddCells(
  engine: SqlEngine,
  sqlName: string,
  headers: readonly string[],
  queryOf: (cell: string, text: string) => string,
): Promise<readonly OddCell[]> {
  const found: OddCell[] = [];
  for (const [i, header] of headers.entries()) {
    const query = queryOf(`json_extract(json, ${quoteText(pointer(header))})`, rawColumn(i));
    const rows = await engine.rows({ name: sqlName, text: `${query} order by source_row` });
    found.push(...rows.map(({ source_row, value }) => ({ row: Number(source_row), header, value: String(value) })));
  }
  return found;
}

/** JSON Pointer, so that dots and brackets in a key are only signs of its name. */
const pointer = (key: string): string => `/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;

const placeIn = (error: SqlError): string => {
  const line = /in line (\d+)/i.exec(String(error.message))?.[1];
  return line === undefined ? "" : `, see line ${line}`;
};
