import { quoteText, type SqlEngine, type SqlRow } from "../../engine/engine.ts";
import { namesTotal } from "../delimited/doubtful-rows.ts";
import { type RawTable, rawColumn } from "../files/raw-table.ts";

/** Rows in other quotes, or with formulas around texts, that are told one by one: where there are more, the whole file is written so. */
const MOST_TOLD = 1000;

/**
 * The table less the rows that repeat its header, which are unreadable then, as in files that were pasted one behind the
 * other, and with texts in the place of formulas around them; a last row that names a total stays, since it may be one
 * like others. Both are warned about, as rows in other quotes are.
 */
export async function withoutOddRows(engine: SqlEngine, raw: RawTable): Promise<RawTable> {
  const repeated = await repeatedHeaders(engine, raw);
  const total = await totalRow(engine, raw);
  const quoted = await otherQuotes(engine, raw);
  const formulas = await unwrapFormulas(engine, raw);
  if (repeated.length === 0 && total === undefined && quoted.length === 0 && formulas.length === 0) return raw;
  return {
    ...raw,
    unreadable: [
      ...raw.unreadable,
      ...repeated.map((row) => ({ row, rule: "repeated_header" as const, value: textOf(raw.headers), detail: "" })),
    ],
    repaired: [
      ...(raw.repaired ?? []),
      ...quoted.map(({ row, value }) => ({ row, rule: "other_quotes" as const, value, detail: "" })),
      ...formulas.map(({ row, value }) => ({ row, rule: "formula_text" as const, value, detail: "" })),
      ...(total === undefined ? [] : [{ row: total.row, rule: "total_row" as const, value: total.value, detail: "" }]),
    ],
  };
}

/** Numbers of the rows that hold every column's own name, which leave the table. */
async function repeatedHeaders(engine: SqlEngine, { sqlName, headers }: RawTable): Promise<readonly number[]> {
  if (headers.length < 2) return [];
  const isHeader = headers
    .map((name, i) => `coalesce(trim(${rawColumn(i)}), '') = ${quoteText(name.trim())}`)
    .join(" and ");
  const found = await engine.rows({
    name: sqlName,
    text: `select source_row from ${sqlName} where ${isHeader} order by source_row`,
  });
  if (found.length > 0) await engine.execute({ name: sqlName, text: `delete from ${sqlName} where ${isHeader}` });
  return found.map(({ source_row }) => Number(source_row));
}

/** The last row, where one of its cells says that it is a total. */
async function totalRow(engine: SqlEngine, { sqlName, headers }: RawTable): Promise<ToldRow | undefined> {
  const [last] = await engine.rows({
    name: sqlName,
    text: `select * from ${sqlName} where source_row = (select max(source_row) from ${sqlName})`,
  });
  return last === undefined || !namesTotal(cellsOf(last, headers)) ? undefined : toldRow(last, headers);
}

/** Rows of which every filled cell, two or more, stands in single quotes or backticks that were read as text; the first ones. */
async function otherQuotes(engine: SqlEngine, raw: RawTable): Promise<readonly ToldRow[]> {
  const cells = raw.headers.map((_, i) => rawColumn(i));
  const wrapped = (cell: string): string =>
    `left(${cell}, 1) in ('''', '\`') and right(${cell}, 1) = left(${cell}, 1) and length(${cell}) > 1`;
  const filled = cells.map((cell) => `cast(${cell} is not null as integer)`).join(" + ");
  const isWrapped = cells.map((cell) => `(${cell} is null or ${wrapped(cell)})`).join(" and ");
  return firstRows(engine, raw, `${isWrapped} and ${filled} > 1`);
}

/** Puts texts in the place of formulas of nothing else (`="0012"`); the first rows that had any, as they were. */
async function unwrapFormulas(engine: SqlEngine, raw: RawTable): Promise<readonly ToldRow[]> {
  const { sqlName } = raw;
  const cells = raw.headers.map((_, i) => rawColumn(i));
  const isFormula = (cell: string): string =>
    `coalesce(contains(${cell}, '="') and regexp_full_match(${cell}, '\\s*="([^"]|"")*"\\s*'), false)`;
  const hasAny = `(${cells.map(isFormula).join(" or ")})`;
  const found = await firstRows(engine, raw, hasAny);
  if (found.length === 0) return [];
  const text = (cell: string): string => `nullif(replace(trim(${cell}, ' ' || chr(9))[3:-2], '""', '"'), '')`;
  const values = cells.map((cell) => `${cell} = case when ${isFormula(cell)} then ${text(cell)} else ${cell} end`);
  await engine.execute({ name: sqlName, text: `update ${sqlName} set ${values.join(", ")} where ${hasAny}` });
  return found;
}

/** A row that is told of, as it was. */
interface ToldRow {
  readonly row: number;
  readonly value: string;
}

/** The first rows that fulfil a condition. */
async function firstRows(
  engine: SqlEngine,
  { sqlName, headers }: RawTable,
  condition: string,
): Promise<readonly ToldRow[]> {
  const found = await engine.rows({
    name: sqlName,
    text: `select * from ${sqlName} where ${condition} order by source_row limit ${MOST_TOLD}`,
  });
  return found.map((row) => toldRow(row, headers));
}

const toldRow = (row: SqlRow, headers: readonly string[]): ToldRow => ({
  row: Number(row.source_row),
  value: textOf(cellsOf(row, headers)),
});

const cellsOf = (row: SqlRow, headers: readonly string[]): readonly string[] =>
  headers.map((_, i) => String(row[rawColumn(i)] ?? ""));

const textOf = (cells: readonly string[]): string => cells.join(", ").slice(0, 200);
