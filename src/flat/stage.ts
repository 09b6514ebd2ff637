import { sqlOf } from "../catalogue/catalogue.ts";
import { textsEntry } from "../catalogue/flat.ts";
import type { SqlEngine } from "../engine/engine.ts";
import { UserError } from "../user-error.ts";
import { type Held, heldColumns, holdCovariates } from "./codes.ts";
import { type Facts, factsOf, kindsOf, type Source } from "./kinds.ts";
import { refuseUnusable, warningsOf } from "./problems.ts";
import { checkColumns, type FlatColumns, type FlatTable, namePersons, reading } from "./table.ts";

interface StageSettings {
  /** Whether rows will be asked for one by one: ids, weights, pairs, patterns of one person. */
  readonly single: boolean;
}

/**
 * A flat file in the engine, checked and coded: `flat.staged`, one row a person (with arm, outcome, id), or one a
 * combination of texts (with arm, rows, sum, sumsq).
 */
export interface StagedTable {
  readonly columns: FlatColumns;
  readonly held: readonly Held[];
  readonly source: Source["table"];
  readonly facts: Facts;
  readonly warnings: readonly string[];
}

/**
 * Checks a flat file and lays it down as codes, covariates of few values packed into integer keys.
 * A covariate is numeric where every value is a number without a leading zero, else text; missing text is a level of
 * its own, missing numbers are refused. A CSV is read once, unless its outcome has fractions or a centre (then twice).
 * @throws UserError naming all rows and columns that cannot be used
 */
export async function stageTable(
  engine: SqlEngine,
  table: FlatTable,
  columns: FlatColumns,
  { single }: StageSettings,
): Promise<StagedTable> {
  checkColumns(table, columns);
  const { source, facts } = await sourceOf(engine, table, columns, single);
  if (facts.rows === 0) throw new UserError(`${table.path} has a header and no rows`);
  const kinds = await kindsOf(engine, source);
  await refuseUnusable(engine, table, columns, { kinds, facts });
  const held = await holdCovariates(engine, source, kinds);
  const counts = source.table === "flat.persons" ? rowColumns(columns, facts, single) : ["rows", "sum", "sumsq"];
  const listed = ["cast(arm as utinyint) as arm", ...counts, ...heldColumns(held)].join(",\n  ");
  const centred = source.table === "flat.persons" && facts.centre !== 0 ? { centre: facts.centre } : {};
  await engine.build({ name: "flat.staged", text: `select ${listed}\nfrom ${source.table}` }, [], centred);
  const warnings = columns.covariates.flatMap((name, i) => warningsOf(table.path, name, kinds[i]));
  return { columns, held, source: source.table, facts, warnings };
}

const rowColumns = (columns: FlatColumns, { binary, centre }: Facts, single: boolean): readonly string[] => [
  `cast(outcome as ${binary ? "utinyint" : "double"})${centre === 0 ? "" : " - $centre"} as outcome`,
  ...(columns.id !== undefined || single ? ["id"] : []),
];

/** A Parquet file is looked at as often as need be; a CSV is grouped by its texts, or kept, while it is read. */
async function sourceOf(
  engine: SqlEngine,
  table: FlatTable,
  columns: FlatColumns,
  single: boolean,
): Promise<{ source: Source; facts: Facts }> {
  const covariates = columns.covariates.map((name, i) => {
    const at = table.names.indexOf(name);
    const [type = "text", sqlType = "VARCHAR"] = [table.types[at], table.sqlTypes[at]];
    return { name, column: `c${i + 1}`, type, sqlType };
  });
  const persons: Source = { table: "flat.persons", covariates };
  const keep = single && !table.rereadable;
  await namePersons(engine, table, columns, keep ? "table" : "view");
  if (keep || table.rereadable)
    return { source: persons, facts: await reading(table.path, () => factsOf(engine, persons)) };
  const texts: Source = { table: "flat.texts", covariates };
  const entry = textsEntry(covariates.length);
  await reading(table.path, () => engine.build(sqlOf(entry), []));
  const facts = await factsOf(engine, texts);
  if (!facts.fractional && facts.centre === 0) return { source: texts, facts };
  await namePersons(engine, table, columns, "table");
  return { source: persons, facts: await factsOf(engine, persons) };
}
