import { type CatalogueEntry, sqlOf } from "../../src/catalogue/catalogue.ts";
import { COSTS } from "../../src/catalogue/costs.ts";
import { ESF } from "../../src/catalogue/esf.ts";
import { PROGRAMME } from "../../src/catalogue/programme.ts";
import { QUESTIONNAIRES, SURVEY_STAGED } from "../../src/catalogue/questionnaires.ts";
import { STAGED } from "../../src/catalogue/staging.ts";
import { quoteName, type SqlEngine, type SqlParameters } from "../../src/engine/engine.ts";
import { parseTable, printTable, stage } from "./tables.ts";

/** One query asked by itself: tables in, table out. */
export interface QueryCase {
  readonly is: string;
  /** The tables that it reads as text; one that isn't named is empty. */
  readonly given: Readonly<Record<string, string>>;
  readonly parameters?: SqlParameters;
  /** Of the table that comes out, the columns that the first line names; an error's message where it must fail. */
  readonly out: string | RegExp;
  readonly where?: string;
}

/** What is asked of every query beside empty tables; a text says why there is nothing to ask. */
export interface QueryCases {
  readonly duplicates: readonly QueryCase[] | string;
  /** Before, on and after the day that decides. */
  readonly days: readonly QueryCase[] | string;
  readonly nulls: readonly QueryCase[] | string;
}

/** Every table that queries of the programme's year read or make. */
const TABLES: ReadonlyMap<string, CatalogueEntry> = new Map(
  [STAGED, SURVEY_STAGED, PROGRAMME, QUESTIONNAIRES, ESF, COSTS].flatMap((catalogue) =>
    Object.values<CatalogueEntry>(catalogue).map((entry) => [entry.name, entry] as const),
  ),
);

export function entryOf(name: string): CatalogueEntry {
  const entry = TABLES.get(name);
  if (entry === undefined) throw new Error(`no catalogue has ${name}`);
  return entry;
}

/** Names of the tables that a query reads. */
export const inputsOf = (entry: CatalogueEntry): readonly string[] => [
  ...new Set(
    [...sqlOf(entry).text.matchAll(/\b(?:from|join) ((?:staging|programme|indicators)\.[a-z_]+)/g)].map(
      ([, name = ""]) => name,
    ),
  ),
];

/** Fills what the query reads, builds it, its grain checked, and prints what came out. */
export async function answered(
  engine: SqlEngine,
  name: string,
  { given, parameters = {}, out, where = "true" }: QueryCase,
): Promise<string> {
  const entry = entryOf(name);
  const inputs = inputsOf(entry);
  const stray = Object.keys(given).find((table) => !inputs.includes(table));
  if (stray !== undefined) throw new Error(`${name} doesn't read ${stray}`);
  for (const input of inputs) await stage(engine, entryOf(input), parseTable(given[input] ?? ""));
  const bound = Object.fromEntries(Object.keys(entry.parameters).map((key) => [key, parameters[key] ?? null]));
  await engine.build(sqlOf(entry), entry.grain, bound);
  const [header = ""] = typeof out === "string" ? out.trim().split("\n") : Object.keys(entry.columns);
  const columns = header.split("|").map((column) => column.trim());
  const text = `select ${columns.join(", ")} from ${quoteName(name)} where ${where} order by all`;
  return printTable(await engine.rows({ name, text }), columns);
}
