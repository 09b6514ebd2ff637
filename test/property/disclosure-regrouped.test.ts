import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { metricsJson } from "../../src/publish/metrics.ts";
import { givenAway } from "../support/regrouped-oracle.ts";
import { regrouped } from "../support/regrouped-tables.ts";

const NETWORKS = 60;
const folder = mkdtempSync(join(tmpdir(), "duo-impact-regrouped-"));
const solver = await highsSolver();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function publish(name: string, findings: readonly Finding[], names: readonly string[]) {
  const rules = { audience: "funder", threshold: 5 } as const;
  const earlier = readEarlierEditions(folder, names).values;
  const { values } = await release(findings, rules, { solver, earlier });
  mkdirSync(join(folder, name, "metrics"), { recursive: true });
  writeFileSync(join(folder, name, "metrics", "metrics.json"), metricsJson(values));
  return values;
}

/** What both editions of a network give away to who knows which regions are which. */
async function attacked(seed: number, isDeclared: boolean): Promise<readonly string[]> {
  const pair = regrouped(seed);
  const [first, second] = [`${3000 + seed}.1`, `${3000 + seed}.2`];
  const before = await publish(first, pair.before.findings, []);
  const after = await publish(second, pair.after.findings, isDeclared ? [first] : []);
  return givenAway(pair, { before, after }, solver);
}

describe("two editions between which regions were merged, split or renamed", () => {
  it("D6: give nothing away together to who knows which are which", { timeout: 300_000 }, async () => {
    for (let seed = 0; seed < NETWORKS; seed++) expect([seed, await attacked(seed, true)]).toEqual([seed, []]);
  });

  it("D6: give much away where one doesn't declare the other", { timeout: 300_000 }, async () => {
    const found = [];
    for (let seed = 0; seed < NETWORKS; seed++) found.push(await attacked(seed, false));
    expect(found.filter((given) => given.length > 0).length).toBeGreaterThan(NETWORKS / 4);
  });
});
