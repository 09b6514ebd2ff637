import type { SqlEngine } from "../../engine/engine.ts";
import { UserError } from "../../user-error.ts";
import type { RawTable } from "../files/raw-table.ts";
import { dayIn } from "../mapping/date-format.ts";
import { type DirectColumn, isDirect, mappableColumns, type TableMapping } from "../mapping/mapping.ts";
import { headerOf, textOf } from "./incoming.ts";

/** Formats that `auto` knows; those that a column's texts fit alike and read as different days are refused. */
const KNOWN = [
  "YYYY-MM-DD",
  "DD/MM/YYYY",
  "MM/DD/YYYY",
  "DD-MM-YYYY",
  "MM-DD-YYYY",
  "DD.MM.YYYY",
  "YYYY/MM/DD",
  "YYYYMMDD",
  "YYYY-MM-DD HH:mm:ss",
  "DD/MM/YYYY HH:mm:ss",
  "DD/MM/YYYY HH:mm",
];

/**
 * The mapping with each `dates: auto` replaced by the one format that its column's texts allow.
 * @throws UserError for each column that two formats fit with different days (03/04), or that mixes formats
 */
export async function resolveDates(
  engine: SqlEngine,
  path: string,
  mapping: TableMapping,
  raw: RawTable,
): Promise<TableMapping> {
  const types = mappableColumns(mapping.table);
  const columns = { ...mapping.columns };
  const problems: string[] = [];
  for (const [field, given] of Object.entries(mapping.columns)) {
    if (types[field] !== "DATE" || !isDirect(given)) continue;
    if ((typeof given === "string" ? mapping.dates : (given.dates ?? mapping.dates)) !== "auto") continue;
    const stored = raw.storedDates?.get(headerOf(given));
    const found = stored === undefined ? await formatOf(engine, mapping, given, raw) : { format: stored };
    if ("problem" in found) problems.push(`${path}, \`${headerOf(given)}\`: ${found.problem}`);
    else columns[field] = { ...(typeof given === "string" ? { column: given } : given), dates: found.format };
  }
  if (problems.length > 0) throw new UserError(problems);
  return { ...mapping, columns };
}

async function formatOf(
  engine: SqlEngine,
  mapping: TableMapping,
  given: DirectColumn,
  raw: RawTable,
): Promise<{ format: string } | { problem: string }> {
  const text = textOf(given, mapping, raw);
  const days = KNOWN.map((format) => dayIn(format, text));
  const counts = days.map(
    (day, i) => `count(${day}) as fits_${i}, min(case when (${day}) is not null then source_row end) as row_${i}`,
  );
  const [found] = await engine.rows({
    name: raw.sqlName,
    text: `select count(${text}) as filled, ${counts.join(", ")} from ${raw.sqlName}`,
  });
  const filled = Number(found?.filled);
  const fitting = KNOWN.map((format, i) => ({
    format,
    day: days[i] ?? "",
    fits: Number(found?.[`fits_${i}`]),
    row: Number(found?.[`row_${i}`]),
  }))
    .filter(({ fits }) => fits > 0)
    .sort((a, b) => b.fits - a.fits);
  const [best, ...others] = fitting;
  if (best === undefined) return { format: "YYYY-MM-DD" };
  for (const other of others) {
    const [row] = await engine.rows({
      name: raw.sqlName,
      text: `select source_row, ${text} as value from ${raw.sqlName} where ${other.fits === best.fits ? `(${best.day}) <> (${other.day})` : `(${best.day}) is null and (${other.day}) is not null`} order by source_row limit 1`,
    });
    if (row === undefined) continue;
    const place = `row ${String(row.source_row)}, '${String(row.value)}'`;
    if (other.fits === best.fits)
      return {
        problem: `every date fits ${best.format} and ${other.format} alike (${place}); set \`dates\` in the mapping`,
      };
    return {
      problem: `most dates are ${best.format}, but ${place} is ${other.format}; set \`dates\` in the mapping, to a list if both are meant`,
    };
  }
  return best.fits >= 0.5 * filled
    ? { format: best.format }
    : { problem: `fewer than half of its texts are dates; set \`dates\` in the mapping` };
}
