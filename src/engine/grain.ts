import { type BuiltTable, type NamedSql, quoteIdentifier, quoteName, SqlError, type SqlRow } from "./engine.ts";

/** A query of the engine that has just built the table. */
export type AskRows = (sql: NamedSql) => Promise<readonly SqlRow[]>;

/** Rows of a table, and distinct values of its grain among them. */
export interface Counted {
  readonly total: number;
  readonly identified: number;
}

/**
 * Checks a table that was just built and counted: each value of its grain must stand in one row, and as many rows must be
 * there as the engine said it had made.
 * @throws SqlError naming the table, both numbers and the grain
 */
export function checkBuilt(
  sql: NamedSql,
  grain: readonly string[],
  { total, identified }: Counted,
  made = total,
): BuiltTable {
  if (made !== total) throw new SqlError(sql, `${made} rows were made but ${total} are there`);
  if (grain.length > 0 && total !== identified)
    throw new SqlError(sql, `${total} rows but ${identified} distinct values of its grain (${grain.join(", ")})`);
  return { name: sql.name, rows: total };
}

/** Counts by the table of distinct values that any engine can make. */
export async function countGrain(name: string, grain: readonly string[], rows: AskRows): Promise<Counted> {
  const table = quoteName(name);
  const columns = grain.map(quoteIdentifier).join(", ");
  const distinct =
    grain.length === 0 ? "1" : `(select count(*) from (select distinct ${columns} from ${table}) as identified)`;
  const [counted] = await rows({ name, text: `select count(*) as total, ${distinct} as identified from ${table}` });
  return { total: Number(counted?.total), identified: Number(counted?.identified) };
}
