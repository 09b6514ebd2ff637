import type { SqlEngine } from "../../engine/engine.ts";
import { type RawTable, rawRows } from "../files/raw-table.ts";
import type { TableMapping } from "../mapping/mapping.ts";
import { textOf } from "./incoming.ts";

/**
 * Where a file feeds a table coarser than its rows (`rows: distinct`), takes out of the raw table what says nothing new:
 * rows alike in every mapped column but the first, and rows in which all of them are empty. Rows that share a key and
 * differ elsewhere stay, for the row rules to report. Returns how many went.
 */
export async function dropRepeats(engine: SqlEngine, mapping: TableMapping, raw: RawTable): Promise<number> {
  if (mapping.rows !== "distinct") return 0;
  const texts = Object.values(mapping.columns)
    .filter((given) => typeof given === "string" || !("constant" in given))
    .map((given) => textOf(given, mapping, raw));
  const before = await rawRows(engine, raw.sqlName);
  await engine.execute({
    name: raw.sqlName,
    text: `delete from ${raw.sqlName} where source_row not in (
      select min(source_row) from ${raw.sqlName} where coalesce(${texts.join(", ")}, null) is not null group by ${texts.join(", ")})`,
  });
  return before - (await rawRows(engine, raw.sqlName));
}
