import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { QUALITY } from "../../src/catalogue/quality.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { RULE_SETTINGS, ruleParameters } from "../../src/ingest/rules/rules.ts";
import { packageRoot } from "../../src/package-root.ts";
import { found, type RuleCase, ruleEngine, stagingSql } from "../support/rule-cases.ts";
import { trimmed } from "../support/tables.ts";
import { QUALITY_CASES } from "./cases/quality.ts";
import { REGISTER_CASES } from "./cases/registers.ts";
import { DAY_RULES, ROW_RULE_CASES } from "./cases/rules.ts";

/*
 * The row rules and the queries of the data-quality report by themselves, tables in and out: empty, duplicate rows, on,
 * before and after the day, null.
 */

const OF_PROGRAMME: Readonly<Record<string, RuleCase>> = { ...DAY_RULES, ...ROW_RULE_CASES };
const OF_REGISTERS = /jobseeker|employment/;
const RULES = readdirSync(join(packageRoot(), "queries", "staging", "rules")).map((file) => file.replace(/\.sql$/, ""));
const of = (isOfRegister: boolean): readonly string[] =>
  RULES.filter((rule) => OF_REGISTERS.test(rule) === isOfRegister);

let engine: SqlEngine;
beforeAll(async () => {
  engine = await ruleEngine();
});
afterAll(() => engine.close());

const asked = (rule: string, one: RuleCase): Promise<string> =>
  found(engine, `rules/${rule}`, { parameters: ruleParameters(RULE_SETTINGS), ...one });

test("every row rule has its case, and one about days is asked on both sides of the day", () => {
  expect(Object.keys(OF_PROGRAMME).sort()).toEqual(of(false));
  expect(Object.keys(REGISTER_CASES).sort()).toEqual(of(true));
  const comparing = of(false).filter((rule) => /_on\b\s*(<(?!>)|>)/.test(stagingSql(`rules/${rule}`)));
  expect(comparing.filter((rule) => !(rule in DAY_RULES))).toEqual([]);
});

test.each(RULES)("%s finds nothing in empty tables", async (rule) => {
  const columns = /^(candidates|compared)_/.test(rule) ? "source_row | from_on" : "source_row | field";
  expect(await asked(rule, { given: {}, out: columns })).toBe(columns);
});

test.each([
  ...Object.entries(OF_PROGRAMME),
  ...Object.entries(REGISTER_CASES).flatMap(([rule, cases]) => cases.map((one) => [rule, one] as const)),
])("%s finds what it should, and nothing else", async (rule, one) => {
  expect(await asked(rule, one)).toBe(trimmed(one.out));
});

const QUERIES = Object.values(QUALITY).map(({ name, columns }) => [name.replace("staging.", ""), columns] as const);

test("every query of the data-quality report has its cases", () => {
  expect(Object.keys(QUALITY_CASES).sort()).toEqual(QUERIES.map(([name]) => name).sort());
});

test.each(QUERIES)("%s counts nothing in empty tables", async (name, columns) => {
  const header = Object.keys(columns).join(" | ");
  expect(await found(engine, name, { given: {}, out: header, parameters: { file: "in/a.csv", table: "duos" } })).toBe(
    header,
  );
});

test.each(Object.entries(QUALITY_CASES).flatMap(([name, cases]) => cases.map((one) => [name, one] as const)))(
  "%s counts what it should, and nothing else",
  async (name, one) => {
    expect(await found(engine, name, one)).toBe(trimmed(one.out));
  },
);
