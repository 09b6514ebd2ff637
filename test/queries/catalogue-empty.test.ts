import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CatalogueEntry, sqlOf } from "../../src/catalogue/catalogue.ts";
import { PATTERNS } from "../../src/catalogue/patterns.ts";
import { RISK } from "../../src/catalogue/risk.ts";
import { buildDesign } from "../../src/cohort/design.ts";
import { readFollowUp } from "../../src/cohort/follow-up.ts";
import { clearMembers } from "../../src/cohort/memberships.ts";
import { readPlacebo } from "../../src/cohort/placebo.ts";
import { readOutcomes } from "../../src/cohort/results.ts";
import { cohortParameters } from "../../src/cohort/settings-tables.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { packageRoot } from "../../src/package-root.ts";
import { STUDY } from "../support/spec.ts";
import { stagedEngine } from "../support/tables.ts";

const entries: readonly CatalogueEntry[] = [...Object.values(RISK), ...Object.values(PATTERNS)];
const cases = entries.map((entry) => [entry.name, entry] as const);

describe("catalogued queries on empty staged tables", () => {
  let engine: SqlEngine;
  beforeAll(async () => {
    engine = await stagedEngine();
    await buildDesign(engine, STUDY);
    await readOutcomes(engine, STUDY, [], ["gender"]);
    await readFollowUp(engine, STUDY, [], new Float64Array());
    await readPlacebo(engine, STUDY, []);
    await clearMembers(engine);
    await engine.load("patterns.common_days", { month: new Int32Array(), started_on: [], nth: new Int32Array() });
    const none = new Float64Array();
    await engine.load("patterns.handed", { key: new Int32Array(), weight: none, mean: none });
  });
  afterAll(() => engine.close());

  test.each(cases)("%s yields the columns and types that are declared", async (_name, entry) => {
    const columns = await engine.describe(sqlOf(entry), cohortParameters(STUDY));
    expect(Object.fromEntries(columns.map(({ name, type }) => [name, type]))).toEqual(entry.columns);
    expect(columns.map(({ name }) => name)).toEqual(Object.keys(entry.columns));
  });

  test.each(cases)("%s binds the parameters that are declared and no others", (_name, entry) => {
    const bound = new Set(sqlOf(entry).text.match(/\$[a-z_]+/g) ?? []);
    expect([...bound].sort()).toEqual(
      Object.keys(entry.parameters)
        .map((name) => `$${name}`)
        .sort(),
    );
  });

  test.each(cases)("%s opens with its grain and names its columns", (_name, entry) => {
    const { text } = sqlOf(entry);
    expect(text).toMatch(/^-- One row per /);
    expect(text.toLowerCase()).not.toMatch(/\bqualify\b|\blist\(|\bgreatest\(|\bleast\(/);
    for (const column of entry.grain) expect(Object.keys(entry.columns)).toContain(column);
  });

  test("every file of queries/risk and queries/patterns is catalogued", () => {
    const files = ["risk", "patterns"].flatMap((folder) =>
      readdirSync(join(packageRoot(), "queries", folder)).map((file) => `${folder}.${file.replace(/\.sql$/, "")}`),
    );
    expect(files.sort()).toEqual(entries.map(({ name }) => name).sort());
  });

  test("an empty programme has no patterns and an attrition of zeros", async () => {
    const design = await buildDesign(engine, STUDY);
    expect(design.patterns.size).toBe(0);
    expect(design.attrition.length).toBe(22);
    expect(design.attrition.every(({ rows, persons }) => rows === 0 && persons === 0)).toBe(true);
  });

  test("a cohort without outcomes, or with age bands that leave somebody out, is refused", async () => {
    await expect(buildDesign(engine, { ...STUDY, outcomes: [] })).rejects.toThrow("at least one outcome");
    await expect(buildDesign(engine, { ...STUDY, ageBands: [22, 26] })).rejects.toThrow("age bands start at 22");
  });
});
