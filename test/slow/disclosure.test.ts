import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { hiddenByRule, suppress } from "../../src/disclose/suppression/suppress.ts";
import { metricsCsv, metricsJson } from "../../src/publish/metrics.ts";
import { givenAway, primaryOf, randomTable, systemOf, valuesOf } from "../support/disclosure-tables.ts";
import { programme } from "../support/programme-tables.ts";
import { uniform } from "../support/random.ts";

const TABLES = 10_000;

it("D2: 10,000 random tables give no small count away to an attacker who tries every table", async () => {
  const solver = await highsSolver();
  const breached = Array.from({ length: TABLES }, (_, seed) => seed).filter((seed) => {
    const table = randomTable(uniform(seed));
    const system = systemOf(table);
    const { hidden } = suppress(system, hiddenByRule(primaryOf(system)), solver);
    const shown = valuesOf(table).map((value, i) => hidden.get(`u${i}`)?.status ?? value);
    return givenAway(shown, table.totals, table.leaves.length).length > 0;
  });
  expect(breached).toEqual([]);
});

it("D2: 300 random programmes of branches, regions and years give nothing away by either method", async () => {
  const solver = await highsSolver();
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-slow-programmes-"));
  const given = async (seed: number, method: "suppression" | "rounding"): Promise<number> => {
    const rules = { audience: "public", threshold: 5, method } as const;
    const { values } = await release(programme(seed), rules, { solver });
    mkdirSync(join(folder, "metrics"), { recursive: true });
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ protocol: { disclosure: rules } }));
    writeFileSync(join(folder, "metrics", "metrics.csv"), metricsCsv(values));
    writeFileSync(join(folder, "metrics", "metrics.json"), metricsJson(values));
    const { recovered, contradictions } = audit([readPublished(folder)], solver);
    return recovered.length + contradictions.length;
  };
  const breached: string[] = [];
  for (let seed = 1000; seed < 1300; seed++)
    for (const method of ["suppression", "rounding"] as const)
      if ((await given(seed, method)) > 0) breached.push(`${method} ${seed}`);
  rmSync(folder, { recursive: true, force: true });
  expect(breached).toEqual([]);
});
