import type { SqlEngine } from "../engine/engine.ts";
import { quoteText } from "../engine/engine.ts";
import { namesTotal } from "./csv-layout.ts";
import { type RawTable, rawColumn } from "./raw-table.ts";

/**
 * The table less the rows that repeat its header, which are unreadable then, as in files that were pasted one behind the
 * other; a last row that names a total stays, since it may be one like others, and is warned about.
 */
export async function withoutOddRows(engine: SqlEngine, raw: RawTable): Promise<RawTable> {
  const repeated = await repeatedHeaders(engine, raw);
  const total = await totalRow(engine, raw);
  if (repeated.length === 0 && total === undefined) return raw;
  return {
    ...raw,
    unreadable: [
      ...raw.unreadable,
      ...repeated.map((row) => ({ row, rule: "repeated_header" as const, value: textOf(raw.headers), detail: "" })),
    ],
    repaired: [
      ...(raw.repaired ?? []),
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
async function totalRow(
  engine: SqlEngine,
  { sqlName, headers }: RawTable,
): Promise<{ readonly row: number; readonly value: string } | undefined> {
  const [last] = await engine.rows({
    name: sqlName,
    text: `select * from ${sqlName} where source_row = (select max(source_row) from ${sqlName})`,
  });
  const cells = headers.map((_, i) => String(last?.[rawColumn(i)] ?? ""));
  return last !== undefined && namesTotal(cells) ? { row: Number(last.source_row), value: textOf(cells) } : undefined;
}

const textOf = (cells: readonly string[]): string => cells.join(", ").slice(0, 200);
