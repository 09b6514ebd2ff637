import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { writeEdition } from "../support/edition-files.ts";
import { givenAway } from "../support/regrouped-oracle.ts";
import { type Change, regrouped } from "../support/regrouped-tables.ts";

const NETWORKS = Array.from({ length: 60 }, (_, seed) => seed);
/** Networks that told too much once, or of which the audit believed what wasn't so, where persons have come or left. */
const WORST = [186, 335, 486, 1048, 1057, 1115, 1140, 1149, 1259];
const folder = mkdtempSync(join(tmpdir(), "duo-impact-regrouped-"));
const solver = await highsSolver();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function publish(name: string, findings: readonly Finding[], names: readonly string[]) {
  const rules = { audience: "funder", threshold: 5 } as const;
  const earlier = readEarlierEditions(folder, names).values;
  const { values } = await release(findings, rules, { solver, earlier });
  writeEdition(join(folder, name), values, rules);
  return values;
}

interface Attacked {
  readonly change: Change;
  /** By who knows which regions are which. */
  readonly byTrial: readonly string[];
  readonly byAudit: Audit;
}

/** Both editions of each network, and what they give away to either attacker. */
async function attacked(seeds: readonly number[], isDeclared: boolean): Promise<readonly Attacked[]> {
  const found: Attacked[] = [];
  for (const seed of seeds) {
    const pair = regrouped(seed, "declared_job");
    const [first, second] = [`${3000 + seed}.1`, `${3000 + seed}.2`];
    const before = await publish(first, pair.before.findings, []);
    const after = await publish(second, pair.after.findings, isDeclared ? [first] : []);
    const held = [second, first].map((name) => readPublished(join(folder, name)));
    found.push({
      ...{ change: pair.change, byTrial: givenAway(pair, { before, after }, solver) },
      byAudit: audit(held, solver),
    });
  }
  return found;
}

const isUnchanged = ({ change }: Attacked): boolean => change === "none";

describe("two editions between which regions were merged, split or renamed", () => {
  it("D6: give nothing away together, and are believed of nothing that can't be", { timeout: 300_000 }, async () => {
    const found = await attacked([...NETWORKS, ...WORST], true);
    expect(found.map(({ byTrial }) => byTrial)).toEqual(found.map(() => []));
    expect(found.flatMap(({ byAudit }) => byAudit.contradictions)).toEqual([]);
    expect(found.flatMap(({ byAudit }) => byAudit.recovered)).toEqual([]);
  });

  it("D6: give much away where one doesn't declare the other, as the audit finds too", {
    timeout: 300_000,
  }, async () => {
    const found = await attacked(NETWORKS, false);
    const given = found.filter(({ byTrial }) => byTrial.length > 0);
    const unchanged = given.filter(isUnchanged);
    expect(given.length).toBeGreaterThan(NETWORKS.length / 4);
    expect(unchanged.filter(({ byAudit }) => byAudit.recovered.length > 0).length).toBeGreaterThan(
      unchanged.length / 2,
    );
  });
});
