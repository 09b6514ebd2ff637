import { type BuiltTable, type NamedSql, quoteIdentifier, quoteName, SqlError, type SqlRow } from "./engine.ts";

/**
 * Counts a table that was just built: each value of its grain must stand in one row, and as many rows must be there as
 * the engine said it had made.
 */
export async function checkBuilt(
  sql: NamedSql,
  grain: readonly string[],
  made: number | undefined,
  rows: (sql: NamedSql) => Promise<readonly SqlRow[]>,
): Promise<BuiltTable> {
  const table = quoteName(sql.name);
  const columns = grain.map(quoteIdentifier).join(", ");
  const distinct =
    grain.length === 0 ? "1" : `(select count(*) from (select distinct ${columns} from ${table}) as identified)`;
  const [counted] = await rows({
    name: sql.name,
    text: `select count(*) as total, ${distinct} as identified from ${table}`,
  });
  const total = Number(counted?.total);
  const identified = Number(counted?.identified);
  if (made !== undefined && made !== total) throw new SqlError(sql, `${made} rows were made but ${total} are there`);
  if (grain.length > 0 && total !== identified)
    throw new SqlError(sql, `${total} rows but ${identified} distinct values of its grain (${grain.join(", ")})`);
  return { name: sql.name, rows: total };
}
