import { sqlOf } from "../catalogue/catalogue.ts";
import { FLAT } from "../catalogue/flat.ts";
import type { SqlEngine, SqlRow } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import { MISSING } from "./codes.ts";
import type { Facts, Kind } from "./kinds.ts";
import { type FlatColumns, type FlatTable, LARGEST_OUTCOME, namePersons } from "./table.ts";

/** Rows listed for each column of unusable values; the rest are counted. */
const MOST_ROWS = 10;

/**
 * Refuses rows without an arm, an outcome, an id or a number where the column has numbers.
 * @throws UserError that names them, ten a column
 */
export async function refuseUnusable(
  engine: SqlEngine,
  table: FlatTable,
  columns: FlatColumns,
  { kinds, facts }: { readonly kinds: readonly Kind[]; readonly facts: Facts },
): Promise<void> {
  const bad = kinds.filter(
    ({ numeric, missing, infinite }, i) =>
      (numeric || table.types[table.names.indexOf(columns.covariates[i] ?? "")] === "number") && missing + infinite > 0,
  );
  const noId = columns.id !== undefined && (await anyWithoutId(engine));
  if (bad.length === 0 && facts.arms === facts.rows && facts.outcomes === facts.rows && !noId) return;
  await namePersons(engine, table, columns, "table");
  const cells = await engine.rows(sqlOf(FLAT.problems), {
    numeric: bad.map(({ covariate }) => covariate).join(","),
    most: MOST_ROWS,
    ids: columns.id !== undefined,
  });
  throw new UserError(cells.flatMap((cell) => problemsOf(table, columns, cell, cells)));
}

async function anyWithoutId(engine: SqlEngine): Promise<boolean> {
  const text = "select 1 from flat.persons where coalesce(id, '') = '' limit 1";
  return (await engine.rows({ name: "flat.no_id", text })).length > 0;
}

function problemsOf(
  { path, firstRow }: FlatTable,
  columns: FlatColumns,
  cell: SqlRow,
  cells: readonly SqlRow[],
): readonly string[] {
  const field = String(cell.field);
  const name = fieldName(columns, field);
  const text = String(cell.text);
  const stands = text === "" ? "missing" : `'${text}' is ${EXPECTED[field] ?? "not a finite number below 1e100"}`;
  const line = `${path} row ${Number(cell.row) - 1 + firstRow}, \`${name}\`: ${stands}`;
  const listed = cells.filter((other) => other.field === cell.field);
  const more = Number(cell.total) - listed.length;
  return cell === listed.at(-1) && more > 0 ? [line, `${path}: ${more} more rows like it in \`${name}\``] : [line];
}

const WORDS = "true or false, yes or no, oui or non, ja or nee";
const EXPECTED: Readonly<Record<string, string>> = {
  treated: `neither 1 nor 0 (nor ${WORDS})`,
  outcome: `not a number up to ${LARGEST_OUTCOME.toExponential().replace("+", "")} (nor ${WORDS})`,
};

function fieldName(columns: FlatColumns, field: string): string {
  if (field === "treated") return columns.treated;
  if (field === "outcome") return columns.outcome;
  if (field === "id") return columns.id ?? field;
  return columns.covariates[Number(field.slice(1)) - 1] ?? field;
}

/** What the reader must know of a covariate that is taken as text. */
export function warningsOf(path: string, name: string, kind: Kind | undefined): readonly string[] {
  if (kind === undefined || kind.numeric) return [];
  const { missing, numbers, words } = kind;
  const warnings: string[] = [];
  if (missing > 0)
    warnings.push(
      `${path}: ${missing} ${missing === 1 ? "row has" : "rows have"} no \`${name}\`; they form a level of their own, ${MISSING}`,
    );
  if (numbers > words && words > 0)
    warnings.push(
      `${path}: \`${name}\` is taken as text because ${words} of its values are not numbers (e.g. '${kind.word}')`,
    );
  if (kind.commas > 0)
    warnings.push(
      `${path}: \`${name}\` has numbers with a decimal comma; they are taken as text. Write them with a point to have numbers`,
    );
  return warnings;
}
