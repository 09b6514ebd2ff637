import type { Table } from "apache-arrow";
import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT, groupedEntry, singlesEntry } from "../catalogue/flat.ts";
import type { SqlEngine, SqlRow } from "../engine/engine.ts";
import type { Covariate, Outcomes, Patterns } from "../evaluate/patterns.ts";
import { UserError } from "../user-error.ts";
import { checkColumns, type FlatColumns, type FlatTable, namePersons, reading } from "./table.ts";

/** Name of the level that persons without a value have, in covariates of text. */
export const MISSING = "(missing)";

/** Rows listed for each column of unusable values; the rest are counted. */
const MOST_ROWS = 10;

export interface FlatPatterns {
  readonly patterns: Patterns;
  readonly outcomes: Outcomes;
  readonly warnings: readonly string[];
}

export interface ReadSettings {
  /** A view reads the file once; a table keeps its rows, for ids, weights and pairs. */
  readonly keep: "view" | "table";
  /** One pattern a combination of arm and covariates, or one a person (needs a table). */
  readonly unit: "pattern" | "person";
}

/**
 * A flat file as patterns: one per arm and combination of covariate values, or one a person in the order of the file;
 * key = `rowid` of `flat.grouped`.
 * A covariate is numeric where every value is a number without a leading zero, else text; missing text is a level of
 * its own, missing numbers are refused. The file is read once, unless the outcome has fractions (then twice).
 * @throws UserError naming all rows and columns that cannot be used
 */
export async function readPatterns(
  engine: SqlEngine,
  table: FlatTable,
  columns: FlatColumns,
  { keep, unit }: ReadSettings,
): Promise<FlatPatterns> {
  checkColumns(table, columns);
  await namePersons(engine, table, columns, keep);
  const entry = (unit === "person" ? singlesEntry : groupedEntry)(columns.covariates.length);
  const { text } = sqlOf(entry);
  const { rows } = await reading(table.path, () => engine.build({ name: "flat.grouped", text }, entry.grain));
  if (rows === 0) throw new UserError(`${table.path} has a header and no rows`);
  const kinds = await engine.rows(sqlOf(FLAT.covariates));
  await refuseUnusable(engine, table, columns, kinds, keep);
  const listed: Column[] = [];
  for (const [i, name] of columns.covariates.entries())
    listed.push(await columnOf(engine, name, i, kindOf(kinds, i)?.numeric === true));
  const arrow = await engine.arrow(patternSelect(listed));
  const sums = await orderedSums(engine, arrow);
  const rowsOf = numbers(arrow, "rows");
  return {
    patterns: {
      size: arrow.numRows,
      arm: Uint8Array.from(numbers(arrow, "arm")),
      month: new Int32Array(arrow.numRows),
      covariates: listed.map((column) => covariateOf(arrow, column)),
      rows: rowsOf,
    },
    outcomes: { definition: columns.outcome, after: 0, rows: rowsOf, sum: sums.sum, sumsq: sums.sumsq },
    warnings: columns.covariates.flatMap((name, i) => warningsOf(table.path, name, kindOf(kinds, i))),
  };
}

const kindOf = (kinds: readonly SqlRow[], i: number): SqlRow | undefined =>
  kinds.find((row) => row.covariate === `c${i + 1}`);

/** One covariate as the patterns hold it: a number, or the position of a level. */
interface Column {
  readonly name: string;
  /** c1, c2, ... */
  readonly column: string;
  readonly isNumber: boolean;
  readonly levels: readonly string[];
}

async function columnOf(engine: SqlEngine, name: string, i: number, isNumber: boolean): Promise<Column> {
  const column = `c${i + 1}`;
  if (isNumber) return { name, column, isNumber, levels: [] };
  const text = `case when ${column} = '' then '${MISSING}' else ${column} end`;
  const type = `flat.levels_${i + 1}`;
  await engine.execute({
    name: type,
    text: `create type ${type} as enum (select distinct ${text} as level from flat.grouped order by level)`,
  });
  const levels = await engine.rows({ name: type, text: `select unnest(enum_range(null::${type}))::varchar as level` });
  return { name, column, isNumber, levels: levels.map((row) => String(row.level)) };
}

/** Numbers as numbers, text as positions of levels, in the order of keys. */
function patternSelect(columns: readonly Column[]) {
  const listed = columns.map(({ column, isNumber }) => {
    if (isNumber) return `try_cast(${column} as double) as ${column}`;
    const text = `case when ${column} = '' then '${MISSING}' else ${column} end`;
    return `cast(enum_code(cast(${text} as flat.levels_${column.slice(1)})) as integer) as ${column}`;
  });
  const sums = "cast(rows as double) as rows, sum, sumsq, cast(fractional as integer) as fractional";
  return { name: "flat.patterns", text: `select arm, ${sums}, ${listed.join(", ")} from flat.grouped order by rowid` };
}

function covariateOf(arrow: Table, { name, column, isNumber, levels }: Column): Covariate {
  if (isNumber) return { kind: "numeric", name, values: numbers(arrow, column) };
  return { kind: "categorical", name, levels, codes: Int32Array.from(arrow.getChild(column)?.toArray() ?? []) };
}

/** Sums of whole numbers are exact in any order; fractions are added again in a settled one. */
async function orderedSums(engine: SqlEngine, arrow: Table): Promise<{ sum: Float64Array; sumsq: Float64Array }> {
  const fractional = numbers(arrow, "fractional").some((flag) => flag > 0);
  const from = fractional ? await engine.arrow(sqlOf(FLAT.ordered_sums)) : arrow;
  return { sum: numbers(from, "sum"), sumsq: numbers(from, "sumsq") };
}

function numbers(arrow: Table, column: string): Float64Array {
  const values: unknown = arrow.getChild(column)?.toArray();
  if (values instanceof Float64Array) return values;
  return Float64Array.from(arrow.getChild(column) ?? [], Number);
}

async function refuseUnusable(
  engine: SqlEngine,
  table: FlatTable,
  columns: FlatColumns,
  kinds: readonly SqlRow[],
  keep: "view" | "table",
): Promise<void> {
  const bad = columns.covariates.flatMap((name, i) => {
    const kind = kindOf(kinds, i);
    const isNumber = kind?.numeric === true || table.types[table.names.indexOf(name)] === "number";
    return isNumber && (Number(kind?.missing) > 0 || Number(kind?.infinite) > 0) ? [`c${i + 1}`] : [];
  });
  const [found] = await engine.rows({
    name: "flat.unusable",
    text: "select coalesce(bool_or(arm is null or unreadable > 0), false) as unusable from flat.grouped",
  });
  const [noId] =
    columns.id === undefined
      ? []
      : await engine.rows({
          name: "flat.no_id",
          text: "select 1 from flat.persons where coalesce(id, '') = '' limit 1",
        });
  if (bad.length === 0 && found?.unusable !== true && noId === undefined) return;
  if (keep === "view") await namePersons(engine, table, columns, "table");
  const cells = await engine.rows(sqlOf(FLAT.problems), {
    numeric: bad.join(","),
    most: MOST_ROWS,
    ids: columns.id !== undefined,
  });
  throw new UserError(cells.flatMap((cell) => problemsOf(table.path, columns, cell, cells)));
}

function problemsOf(path: string, columns: FlatColumns, cell: SqlRow, cells: readonly SqlRow[]): readonly string[] {
  const field = String(cell.field);
  const name = fieldName(columns, field);
  const text = String(cell.text);
  const stands = text === "" ? "missing" : `'${text}' is ${EXPECTED[field] ?? "not a finite number"}`;
  const line = `${path} row ${cell.row}, \`${name}\`: ${stands}`;
  const listed = cells.filter((other) => other.field === cell.field);
  const more = Number(cell.total) - listed.length;
  return cell === listed.at(-1) && more > 0 ? [line, `${path}: ${more} more rows like it in \`${name}\``] : [line];
}

const EXPECTED: Readonly<Record<string, string>> = {
  treated: "neither 1 nor 0 (nor true or false)",
  outcome: "not a number",
};

function fieldName(columns: FlatColumns, field: string): string {
  if (field === "treated") return columns.treated;
  if (field === "outcome") return columns.outcome;
  if (field === "id") return columns.id ?? field;
  return columns.covariates[Number(field.slice(1)) - 1] ?? field;
}

function warningsOf(path: string, name: string, kind: SqlRow | undefined): readonly string[] {
  if (kind === undefined || kind.numeric === true) return [];
  const [missing, numbersSeen, words] = [Number(kind.missing), Number(kind.numbers), Number(kind.words)];
  const warnings: string[] = [];
  if (missing > 0)
    warnings.push(
      `${path}: ${missing} ${missing === 1 ? "row has" : "rows have"} no \`${name}\`; they form a level of their own, ${MISSING}`,
    );
  if (numbersSeen > words && words > 0)
    warnings.push(
      `${path}: \`${name}\` is taken as text because ${words} of its values are not numbers (e.g. '${kind.word}')`,
    );
  if (Number(kind.commas) > 0)
    warnings.push(
      `${path}: \`${name}\` has numbers with a decimal comma; they are taken as text. Write them with a point to have numbers`,
    );
  return warnings;
}
