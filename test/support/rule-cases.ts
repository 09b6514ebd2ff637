import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { CatalogueEntry } from "../../src/catalogue/catalogue.ts";
import { STAGED, STAGED_REJECTS, type StagedTable } from "../../src/catalogue/staging.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine, SqlParameters } from "../../src/engine/engine.ts";
import { packageRoot } from "../../src/package-root.ts";
import { parseTable, printTable, stage } from "./tables.ts";

/** A query of `queries/staging` asked by itself. */
export interface RuleCase {
  /** Rows as they arrived (the first is row 2) and as they are staged; a table that isn't named is empty. */
  readonly given: Readonly<Record<string, string>>;
  /** What it finds, in the columns that the first line names. */
  readonly out: string;
  readonly parameters?: SqlParameters;
}

type Columns = CatalogueEntry["columns"];
const PLACE = { file_id: "INTEGER", source_row: "BIGINT" } as const;
const FACTS = { file_id: "INTEGER", register: "VARCHAR", rows: "BIGINT", person_number_filled: "BIGINT" } as const;
const SPELLS = { month: "INTEGER", to_on_filled: "BIGINT", latest_on: "DATE" } as const;

/** What staging makes on its way, beside rows as they arrived. */
const MADE: Readonly<Record<string, Columns>> = {
  files: { file_id: "INTEGER", path: "VARCHAR", extraction_on: "DATE" },
  problems: {
    ...{ table_name: "VARCHAR", ...PLACE, field: "VARCHAR", value: "VARCHAR", rule: "VARCHAR" },
    ...{ severity: "VARCHAR", detail: "VARCHAR" },
  },
  listed_rejects: STAGED_REJECTS.columns,
  facts_jobseekers: {
    ...{ ...FACTS, birth_on_filled: "BIGINT", gender: "VARCHAR", origin: "VARCHAR", qualification: "VARCHAR" },
  },
  facts_jobseeker_spells: { ...FACTS, ...SPELLS, exit: "VARCHAR" },
  facts_employment_spells: {
    ...{ ...FACTS, ...SPELLS, contract: "VARCHAR", contract_months_filled: "BIGINT", work_fraction_filled: "BIGINT" },
  },
  ...Object.fromEntries(
    ["jobseeker_spells", "employment_spells"].flatMap(
      (table): ReadonlyArray<readonly [string, Columns]> => [
        [
          `candidates_${table}`,
          { ...PLACE, register: "VARCHAR", person_number: "VARCHAR", from_on: "DATE", to_on: "DATE" },
        ],
        [`compared_${table}`, { ...PLACE, from_on: "DATE", is_within: "BOOLEAN", is_alike: "BOOLEAN" }],
      ],
    ),
  ),
};

/** An engine for rules, with one file of 30 June 2024; close it when done. */
export async function ruleEngine(): Promise<SqlEngine> {
  const engine = await openDuckDb({ threads: 1 });
  for (const name of ["staging", "incoming"]) await engine.execute({ name, text: `create schema ${name}` });
  await fill(engine, "incoming.files", "file_id | path | extraction_on\n1 | in/a.csv | 2024-06-30");
  return engine;
}

/** The text of a query under `queries/staging`. */
export const stagingSql = (name: string): string =>
  readFileSync(join(packageRoot(), "queries", "staging", `${name}.sql`), "utf8");

/** What a query finds, in the columns that `out` names. */
export async function found(
  engine: SqlEngine,
  name: string,
  { given, out, parameters = {} }: RuleCase,
): Promise<string> {
  const text = stagingSql(name);
  const read = [...text.matchAll(/\bjoin ((?:staging|incoming)\.[a-z_]+)|\bfrom ((?:staging|incoming)\.[a-z_]+)/g)];
  const inputs = new Set(read.map(([, joined, from]) => joined ?? from ?? ""));
  const stray = Object.keys(given).find((table) => !inputs.has(table));
  if (stray !== undefined) throw new Error(`${name} doesn't read ${stray}`);
  for (const input of inputs) if (input !== "incoming.files") await fill(engine, input, given[input] ?? "");
  const [header = ""] = out.split("\n");
  const columns = header.split("|").map((column) => column.trim());
  // as text, since a day may be infinity; a bar would part cells
  const shown = columns.map((column) => `replace(cast(${column} as varchar), '|', '/') as ${column}`).join(", ");
  const order = columns.map((column) => `found.${column}`).join(", ");
  const sql = { name, text: `select ${shown} from (\n${text}) as found order by ${order}` };
  return printTable(await engine.rows(sql, parameters), columns);
}

/** Rows arrive in one file, in the order in which they are written, from its second line on. */
async function fill(engine: SqlEngine, name: string, text: string): Promise<void> {
  const [schema, table = ""] = name.split(".");
  const made = schema === "incoming" ? MADE[table] : undefined;
  const staged = STAGED[table as StagedTable]?.columns;
  const columns = made ?? (schema === "incoming" ? { file_id: "INTEGER", ...staged } : staged);
  const rows = parseTable(text);
  const isArrived = schema === "incoming" && made === undefined;
  const entry = { name, parameters: {}, columns, grain: [] } as Parameters<typeof stage>[1];
  await stage(engine, entry, isArrived ? rows.map(arrived) : rows);
}

const arrived = (row: Readonly<Record<string, string | null>>, i: number) => ({
  file_id: 1,
  source_row: i + 2,
  ...row,
});
