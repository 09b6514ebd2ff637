import { quoteText, type SqlEngine } from "../../engine/engine.ts";
import { UserError } from "../../user-error.ts";
import type { RawTable } from "../files/raw-table.ts";
import { isDirect, mappableColumns, type SettledMapping } from "../mapping/mapping.ts";
import { type NumberSigns, numberPattern, plainNumber } from "../mapping/number-signs.ts";
import { headerOf, textOf } from "./incoming.ts";

/** What `decimal: auto` chooses from: each decimal sign, alone and with each sign that may group thousands. */
const READINGS: readonly NumberSigns[] = ([".", ","] as const).flatMap((decimal) =>
  [undefined, ...[".", ",", " ", "'"].filter((sign) => sign !== decimal)].map((thousands) => ({ decimal, thousands })),
);

/**
 * The mapping with each number column's signs, where it says `decimal: auto`: the only reading that its texts allow.
 * @throws UserError for each column that two readings fit with different numbers (1.234), or that mixes readings
 */
export async function resolveNumbers(
  engine: SqlEngine,
  path: string,
  mapping: SettledMapping,
  raw: RawTable,
): Promise<SettledMapping> {
  if (mapping.csv.decimal !== "auto" || raw.typed) return mapping;
  const types = mappableColumns(mapping.table);
  const numbers: Record<string, NumberSigns> = {};
  const problems: string[] = [];
  for (const [field, given] of Object.entries(mapping.columns)) {
    if ((types[field] !== "INTEGER" && types[field] !== "DOUBLE") || !isDirect(given)) continue;
    const own = mapping.csv.thousands;
    const readings = READINGS.filter(({ thousands }) => [undefined, own ?? thousands].includes(thousands));
    const found = await signsOf(engine, textOf(given, mapping, raw), readings, raw);
    if ("problem" in found) problems.push(`${path}, \`${headerOf(given)}\`: ${found.problem}`);
    else numbers[field] = found;
  }
  if (problems.length > 0) throw new UserError(problems);
  return { ...mapping, numbers };
}

/** Texts that no reading takes for a number are left to the row rules. */
async function signsOf(
  engine: SqlEngine,
  text: string,
  readings: readonly NumberSigns[],
  raw: RawTable,
): Promise<NumberSigns | { readonly problem: string }> {
  const value = (signs: NumberSigns): string =>
    `case when regexp_full_match(${text}, ${quoteText(numberPattern(signs, "([0-9]+)"))}) then try_cast(${plainNumber(text, signs)} as double) end`;
  const values = readings.map((signs, i) => `${value(signs)} as v${i}`);
  const names = readings.map((_, i) => `v${i}`);
  const table = `(select source_row, ${text} as value, ${values.join(", ")} from ${raw.sqlName}) as read
    where coalesce(${names.join(", ")}) is not null`;
  const [counted] = await engine.rows({
    name: raw.sqlName,
    text: `select count(*) as numbers, ${names.map((name) => `count(${name}) as ${name}`).join(", ")} from ${table}`,
  });
  const all = Number(counted?.numbers);
  const fitting = readings.map((signs, i) => ({ signs, name: `v${i}` })).filter(({ name }) => counted?.[name] === all);
  const [best, ...others] = fitting;
  if (best === undefined) return { problem: await mixed(engine, table, readings, raw) };
  for (const other of others) {
    const place = await firstPlace(engine, `${table} and ${best.name} <> ${other.name}`, raw);
    if (place !== undefined)
      return {
        problem: `${place} may be read with '.' or with ',' before its decimals; set \`csv.decimal\` in the mapping`,
      };
  }
  return best.signs;
}

/** Names a row that needs a point and one that needs a comma. */
async function mixed(
  engine: SqlEngine,
  table: string,
  readings: readonly NumberSigns[],
  raw: RawTable,
): Promise<string> {
  const without = (sign: "." | ","): string => {
    const names = readings.flatMap(({ decimal }, i) => (decimal === sign ? [`v${i}`] : []));
    return `${table} and coalesce(${[...names, "null"].join(", ")}) is null`;
  };
  const point = await firstPlace(engine, without(","), raw);
  const comma = await firstPlace(engine, without("."), raw);
  if (point === undefined || comma === undefined)
    return "its numbers group thousands in more than one way; set `csv.decimal` and `csv.thousands` in the mapping";
  return `${point} is written with a point, ${comma} with a comma; repair the file, or set \`csv.decimal\` in the mapping`;
}

async function firstPlace(engine: SqlEngine, from: string, raw: RawTable): Promise<string | undefined> {
  const [row] = await engine.rows({
    name: raw.sqlName,
    text: `select source_row, value from ${from} order by source_row limit 1`,
  });
  return row === undefined ? undefined : `row ${String(row.source_row)}, '${String(row.value)}'`;
}
