import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { writeEdition } from "../support/edition-files.ts";
import { regional } from "../support/regional-tables.ts";
import { givenAway } from "../support/two-editions-oracle.ts";

/** Networks of which the two editions told too much once: by those gone of whom few, or all, share an answer; by sums of what stayed hidden. */
const WORST = [46, 67, 79, 98];
/** And those that did where the region gone was taken to have joined another, and the others weren't set against what they were. */
const TAKEN_FOR_JOINED = [136, 189, 236, 362, 376];
const folder = mkdtempSync(join(tmpdir(), "duo-impact-regions-"));
const solver = await highsSolver();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function publish(name: string, findings: readonly Finding[], names: readonly string[]) {
  const rules = { audience: "funder", threshold: 5 } as const;
  const earlier = readEarlierEditions(folder, names).values;
  const { values } = await release(findings, rules, { solver, earlier });
  writeEdition(join(folder, name), values, rules);
  return { name, values };
}

/** Both editions of a network, the smaller first or last, and what they give away to either attacker. */
async function attacked(seed: number, isLost: boolean, isDeclared: boolean) {
  const { all, others } = regional(seed);
  const [first, second] = isLost ? [all, others] : [others, all];
  const before = await publish(`${3000 + seed}.1`, first, []);
  const now = await publish(`${3000 + seed}.2`, second, isDeclared ? [before.name] : []);
  const [larger, smaller] = isLost ? [before, now] : [now, before];
  const held = [now, before].map(({ name }) => readPublished(join(folder, name)));
  const { recovered, contradictions } = audit(held, solver);
  return {
    byTrial: givenAway(larger.values, smaller.values, solver),
    byAudit: [...recovered, ...contradictions],
  };
}

describe("two editions, one of which lacks a region of the other", () => {
  it.each([true, false])("D6: give nothing away together, the region being lost: %s", async (isLost) => {
    for (const seed of [...WORST, ...TAKEN_FOR_JOINED])
      expect([seed, await attacked(seed, isLost, true)]).toEqual([seed, { byTrial: [], byAudit: [] }]);
  });

  it("D6: give much away where one doesn't declare the other, as the audit finds too", async () => {
    const found = [];
    for (const seed of WORST) found.push(await attacked(seed, true, false));
    expect(found.filter(({ byTrial }) => byTrial.length > 0).length).toBeGreaterThan(WORST.length / 2);
    expect(found.filter(({ byAudit }) => byAudit.length > 0).length).toBeGreaterThan(WORST.length / 2);
  });
});
