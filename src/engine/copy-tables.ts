import { type BuiltTable, quoteName, SqlError, type TableSource, type TableTarget } from "./engine.ts";

/** Copies tables or views under the same names into another engine; throws where not every row has arrived. */
export async function copyTables(
  from: TableSource,
  to: TableTarget,
  names: readonly string[],
): Promise<readonly BuiltTable[]> {
  const copied: BuiltTable[] = [];
  for (const name of names) {
    const table = quoteName(name);
    const columns = await from.describe({ name, text: `select * from ${table}` });
    const { rows } = await to.receive(name, columns, from.batches(name));
    const counting = { name, text: `select count(*) as total from ${table}` };
    const [source] = await from.rows(counting);
    const [arrived] = await to.rows(counting);
    if (source?.total !== rows || arrived?.total !== rows)
      throw new SqlError(counting, `${source?.total} rows to copy, ${rows} sent, ${arrived?.total} arrived`);
    copied.push({ name, rows });
  }
  return copied;
}
