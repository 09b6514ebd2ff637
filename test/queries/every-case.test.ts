import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sqlOf } from "../../src/catalogue/catalogue.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { packageRoot } from "../../src/package-root.ts";
import { answered, entryOf, inputsOf, type QueryCase, type QueryCases } from "../support/query-cases.ts";
import { trimmed } from "../support/tables.ts";
import { COST_CASES } from "./cases/costs.ts";
import { DUO_CASES } from "./cases/duos.ts";
import { ESF_CASES } from "./cases/esf.ts";
import { FUNNEL_CASES } from "./cases/funnel.ts";
import { MENTOR_CASES } from "./cases/mentors.ts";
import { OUTCOME_CASES } from "./cases/outcomes.ts";
import { PLACE_CASES } from "./cases/places.ts";
import { PROFILE_CASES } from "./cases/profile.ts";
import { SURVEY_CASES } from "./cases/survey.ts";

/* Every query of the programme's year by itself, tables in and out: empty, duplicate rows, on, before and after the day, null. */

const ALL: Readonly<Record<string, QueryCases>> = {
  ...{ ...PLACE_CASES, ...FUNNEL_CASES, ...DUO_CASES, ...MENTOR_CASES, ...OUTCOME_CASES, ...PROFILE_CASES },
  ...{ ...ESF_CASES, ...COST_CASES, ...SURVEY_CASES },
};
const NAMES = ["programme", "indicators"].flatMap((folder) =>
  readdirSync(join(packageRoot(), "queries", folder)).map((file) => `${folder}.${file.replace(/\.sql$/, "")}`),
);

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckDb({ threads: 1 });
  for (const name of ["staging", "programme", "indicators"])
    await engine.execute({ name, text: `create schema ${name}` });
});
afterAll(() => engine.close());

test("every query of the programme's year has its cases, and there are cases of no other", () => {
  expect(Object.keys(ALL).sort()).toEqual(NAMES.sort());
});

test("only a query that reads no day needs no day before, on and after", () => {
  const without = Object.entries(ALL).filter(([, { days }]) => typeof days === "string");
  for (const [name] of without) {
    const read = inputsOf(entryOf(name)).flatMap((input) => Object.entries(entryOf(input).columns));
    const days = read.filter(
      ([column, type]) => type === "DATE" && new RegExp(`\\b${column}\\b`).test(sqlOf(entryOf(name)).text),
    );
    expect(
      days.map(([column]) => column),
      name,
    ).toEqual([]);
  }
});

describe.each(Object.entries(ALL))("%s", (name, { duplicates, days, nulls }) => {
  test("of empty tables is empty", async () => {
    const parameters = { as_of: "2021-12-31", year_from: 2022, year_to: 2023 };
    const columns = Object.keys(entryOf(name).columns).join(" | ");
    expect(await answered(engine, name, { is: "empty", given: {}, parameters, out: columns })).toBe(columns);
  });

  const cases = [duplicates, days, nulls].flatMap((some): readonly QueryCase[] =>
    typeof some === "string" ? [] : some,
  );
  test.each(cases.map((one) => [one.is, one] as const))("%s", async (_, one) => {
    if (typeof one.out === "string") expect(await answered(engine, name, one)).toBe(trimmed(one.out));
    else await expect(answered(engine, name, one)).rejects.toThrow(one.out);
  });
});
