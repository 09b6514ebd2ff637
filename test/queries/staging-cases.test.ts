import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { STAGED, type StagedTable } from "../../src/catalogue/staging.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { RULE_SETTINGS, ruleParameters } from "../../src/ingest/rules.ts";
import { packageRoot } from "../../src/package-root.ts";
import { parseTable, printTable, stage, trimmed } from "../support/tables.ts";
import { DAY_RULES, ROW_RULE_CASES, type RuleCase } from "./cases/rules.ts";

/* The row rules of the programme's tables by themselves: rows as they arrived in, problems out. */

const FOLDER = join(packageRoot(), "queries", "staging", "rules");
const CASES: Readonly<Record<string, RuleCase>> = { ...DAY_RULES, ...ROW_RULE_CASES };
/** Those of registers have oracles of their own. */
const OF_REGISTERS = /jobseeker|employment|^person_keys$/;
const RULES = readdirSync(FOLDER)
  .map((file) => file.replace(/\.sql$/, ""))
  .filter((rule) => !OF_REGISTERS.test(rule));

const FILES = { file_id: "INTEGER", path: "VARCHAR", extraction_on: "DATE" } as const;
const PROBLEMS = { table_name: "VARCHAR", file_id: "INTEGER", source_row: "BIGINT", severity: "VARCHAR" } as const;

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
  for (const name of ["staging", "incoming"]) await engine.execute({ name, text: `create schema ${name}` });
  await stage(engine, { name: "incoming.files", parameters: {}, columns: FILES, grain: [] }, [
    { file_id: 1, path: "in/a.csv", extraction_on: "2024-06-30" },
  ]);
});
afterAll(() => engine.close());

/** What the rule finds, in the columns that `out` names. */
async function found(rule: string, { given, out }: RuleCase): Promise<string> {
  const text = readFileSync(join(FOLDER, `${rule}.sql`), "utf8");
  for (const [, name = ""] of text.matchAll(/\b(?:from|join) ((?:staging|incoming)\.[a-z_]+)/g))
    if (name !== "incoming.files") await fill(name, given[name] ?? "");
  const [header = ""] = out.split("\n");
  const columns = header.split("|").map((column) => column.trim());
  const sql = { name: rule, text: `select ${columns.join(", ")} from (\n${text}) as found order by all` };
  return printTable(await engine.rows(sql, ruleParameters(RULE_SETTINGS)), columns);
}

/** Rows arrive in one file, in the order in which they are written, from its second line on. */
async function fill(name: string, text: string): Promise<void> {
  const [schema, table = ""] = name.split(".");
  const columns = table === "problems" ? PROBLEMS : STAGED[table as StagedTable].columns;
  const rows = parseTable(text);
  const isArrived = schema === "incoming" && table !== "problems";
  const entry = { name, parameters: {}, columns: isArrived ? { file_id: "INTEGER", ...columns } : columns, grain: [] };
  await stage(engine, entry as Parameters<typeof stage>[1], isArrived ? rows.map(arrived) : rows);
}

const arrived = (row: Readonly<Record<string, string | null>>, i: number) => ({
  file_id: 1,
  source_row: i + 2,
  ...row,
});

test("every row rule of the programme's tables has its case, and one about days is asked on both sides of the day", () => {
  expect(Object.keys(CASES).sort()).toEqual(RULES.sort());
  const comparing = RULES.filter((rule) =>
    /_on\b\s*(<(?!>)|>)/.test(readFileSync(join(FOLDER, `${rule}.sql`), "utf8")),
  );
  expect(comparing.filter((rule) => !(rule in DAY_RULES))).toEqual([]);
});

test.each(RULES)("%s finds nothing in empty tables", async (rule) => {
  expect(await found(rule, { given: {}, out: "source_row | field" })).toBe("source_row | field");
});

test.each(Object.entries(CASES))("%s finds what it should, and nothing else", async (rule, one) => {
  expect(await found(rule, one)).toBe(trimmed(one.out));
});
