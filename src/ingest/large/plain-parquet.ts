import { quoteIdentifier, quoteText, type SqlColumn } from "../../engine/engine.ts";
import type { ReadRequest } from "../files/formats.ts";
import { type RawTable, rawRows } from "../files/raw-table.ts";
import { MOST_NAMED, namedRows, parquetColumns, rawParquet, STORED_DATES } from "../files/read-parquet.ts";
import { isComputed, isDirect, type TableMapping } from "../mapping/mapping.ts";
import { checkHeaders, headerOf, type StagedColumn, stagedColumns } from "../rules/incoming.ts";
import { enumerated, typed } from "../rules/typed-sql.ts";
import {
  dropOdd,
  PLAIN_FROM,
  type PlainColumn,
  type PlainFile,
  plainRows,
  storedRows,
  valueName,
} from "./plain-file.ts";

/** Where more rows than this share are doubtful, the general way takes the whole file. */
const MOST_DOUBTFUL = 0.1;

const WHOLE = /^U?(TINY|SMALL|BIG)?INT(EGER)?$/;
/** Types whose text is what the general way sees, and holds no blanks. */
const WORDED = /^(BOOLEAN|UUID)$/;

/**
 * Reads and types a large Parquet file in one pass: what its column types vouch for is taken as it is. A row that breaks
 * a type or lies outside of what the general way takes is doubtful and read again by it, so that both give the same.
 * Null when a column's type isn't one of those, or its value has to be worked out from text.
 */
export async function readPlainParquet(
  request: ReadRequest,
  fileId: number,
  source: string,
  register: string | undefined,
  from = PLAIN_FROM.parquet,
): Promise<PlainFile | null> {
  const { engine, sqlName, path } = request;
  if (request.scan.bytes < from || request.mapping.rows === "distinct") return null;
  if (Object.values(request.mapping.columns).some(isComputed)) return null;
  const described = await parquetColumns(request);
  const headers = described.map(({ name }) => name);
  const { mapping } = request;
  checkHeaders(source, path, mapping, { sqlName, headers, unreadable: [], typed: true, recognised: {} });
  const columns = stagedColumns(mapping, register, { headers, typed: true }).map((column) =>
    plainColumn(column, mapping, described),
  );
  if (columns.includes(null)) return null;
  const own = columns.flatMap((column) => column ?? []);
  await load(request, own);
  const rows = await rawRows(engine, sqlName);
  const odd = await rawRows(engine, `(from ${sqlName} where odd)`);
  if (odd > MOST_DOUBTFUL * rows) return null;
  const doubtful = await doubtfulRows(request, described, odd);
  if (odd > 0) await dropOdd(request);
  return {
    ...plainRows(fileId, sqlName, "rowid + 1", own),
    rows: rows - odd,
    doubtful,
  };
}

/** Null where only the general way knows what the column's cells mean. */
function plainColumn(
  { name, type, required, value: constant }: StagedColumn,
  mapping: TableMapping,
  described: readonly SqlColumn[],
): PlainColumn | null {
  const given = mapping.columns[name];
  if (given === undefined || !isDirect(given)) return { name, value: constant, isConstant: true };
  const header = headerOf(given);
  const stored = described.find((own) => own.name === header)?.type ?? "";
  const found = plainValue(name, type, quoteIdentifier(header), stored, mapping);
  if (found === null) return null;
  const { cell, value, bad, isCode } = found;
  const missing = required ? [`${cell} is null`] : [];
  return {
    name,
    value,
    ...(isCode ? { isCode } : {}),
    odd: `(${[...missing, `(${cell} is not null and ${bad})`].join(" or ")})`,
  };
}

interface PlainValue {
  readonly cell: string;
  readonly value: string;
  /** What makes a filled cell doubtful. */
  readonly bad: string;
  readonly isCode?: true;
}

function plainValue(
  name: string,
  type: string,
  column: string,
  stored: string,
  mapping: TableMapping,
): PlainValue | null {
  const given = mapping.columns[name];
  const isNamed = stored === "VARCHAR" || stored.startsWith("ENUM");
  if (type === "DATE" && !isNamed) return day(column, stored, mapping, name);
  if (type === "INTEGER" && WHOLE.test(stored) && !hasFigures(mapping.nulls)) {
    return { cell: column, value: `try_cast(${column} as integer)`, bad: `${valueName(name)} is null` };
  }
  if (type === "DOUBLE" && stored === "DOUBLE" && !hasFigures(mapping.nulls))
    return { cell: column, value: column, bad: `not (abs(${column}) between 1e-3 and 1e14 or ${column} = 0)` };
  if (type === "DOUBLE" && WHOLE.test(stored) && !hasFigures(mapping.nulls))
    return { cell: column, value: `cast(${column} as double)`, bad: "false" };
  if (!isNamed && !(type === "VARCHAR" && (WHOLE.test(stored) || WORDED.test(stored)))) return null;
  const text = stored === "VARCHAR" ? column : `cast(${column} as varchar)`;
  const cell = ["", ...mapping.nulls].reduce((sql, token) => `nullif(${sql}, ${quoteText(token)})`, text);
  if (type !== "VARCHAR" || given === undefined) return null;
  const blanks = `prefix(${text}, ' ') or suffix(${text}, ' ')`;
  const bad = `(${valueName(name)} is null or ${blanks})`;
  const code = enumerated(name, cell, given);
  if (code !== undefined) return { cell, value: code, isCode: true, bad };
  const { value } = typed(name, type, cell, given, mapping, true);
  return { cell, value, bad: value === cell ? `(${blanks})` : bad };
}

/** Stored days, and times at midnight; a time of day is counted as dropped, which the general way does. */
function day(column: string, stored: string, mapping: TableMapping, name: string): PlainValue | null {
  const given = mapping.columns[name];
  const own = given !== undefined && isDirect(given) && typeof given !== "string" ? given.dates : undefined;
  const formats: readonly string[] = [own ?? mapping.dates].flat();
  if (formats.some((format) => format.startsWith("YYYY-DD")) || hasFigures(mapping.nulls)) return null;
  const value = `cast(${column} as date)`;
  const outside = `not (${value} between date '1900-01-01' and date '2199-12-31')`;
  if (stored === "DATE") return { cell: column, value: column, bad: outside };
  if (STORED_DATES[stored] === undefined) return null;
  return { cell: column, value, bad: `(${outside} or cast(${value} as ${stored}) <> ${column})` };
}

/** Whether a text for nothing may be a number or a day. */
const hasFigures = (nulls: readonly string[]): boolean => nulls.some((text) => /[0-9]/.test(text));

const load = ({ engine, sqlName, absolute }: ReadRequest, columns: readonly PlainColumn[]): Promise<void> =>
  engine.execute({
    name: sqlName,
    text: `create or replace table ${sqlName} as ${storedRows(columns, `read_parquet(${quoteText(absolute)})`)}`,
  });

/** The doubtful rows, which are so many, as the general way reads them. */
async function doubtfulRows(request: ReadRequest, described: readonly SqlColumn[], odd: number): Promise<RawTable> {
  const { engine, sqlName } = request;
  const text = `select rowid as row from ${sqlName} where odd`;
  const condition =
    odd > MOST_NAMED
      ? `file_row_number in (${text})`
      : namedRows((await engine.rows({ name: sqlName, text })).map(({ row }) => Number(row)));
  return rawParquet({ ...request, sqlName: `${sqlName}_doubtful` }, described, condition);
}
