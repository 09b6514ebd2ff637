import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import type { DisclosureRules } from "../../src/disclose/primary.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { writeEdition } from "./edition-files.ts";
import type { RegroupedLevels } from "./regrouped-levels.ts";
import { givenAway } from "./regrouped-oracle.ts";

/** What the later of two editions knows of the earlier one: nothing, its figures, or which of its levels became which too. */
export type Knowledge = "nothing" | "figures" | "levels";

export interface Attacked {
  readonly seed: number;
  readonly change: RegroupedLevels["change"];
  /** By who knows which levels are which. */
  readonly byTrial: readonly string[];
  readonly byAudit: Audit;
  /** Figures of the later edition, and those of them that it hides. */
  readonly figures: number;
  readonly hidden: number;
}

/** Both editions of each pair, published one after the other, and what they give away to either attacker. */
export async function attackedLevels(
  pairOf: (seed: number) => RegroupedLevels,
  seeds: readonly number[],
  knowledge: Knowledge,
): Promise<readonly Attacked[]> {
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-levels-"));
  const solver = await highsSolver();
  const publish = async (name: string, findings: readonly Finding[], names: readonly string[], more = {}) => {
    const rules: DisclosureRules = { audience: "funder", threshold: 5, ...more };
    const { values } = await release(findings, rules, { solver, earlier: readEarlierEditions(folder, names).values });
    writeEdition(join(folder, name), values, rules);
    return values;
  };
  const found: Attacked[] = [];
  try {
    for (const seed of seeds) {
      const pair = pairOf(seed);
      const [first, second] = [`${3000 + seed}.1`, `${3000 + seed}.2`];
      const declared = knowledge === "levels" ? { regrouped: pair.declared } : {};
      const before = await publish(first, pair.before.findings, []);
      const after = await publish(second, pair.after.findings, knowledge === "nothing" ? [] : [first], declared);
      const held = [second, first].map((name) => readPublished(join(folder, name)));
      found.push({
        ...{ seed, change: pair.change, byTrial: givenAway(pair, { before, after }, solver) },
        ...{ byAudit: audit(held, solver), figures: after.length },
        hidden: after.filter(({ conf_status }) => conf_status !== "F").length,
      });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return found;
}

/** Seeds of pairs that give something away. */
export const given = (pairs: readonly Attacked[]): readonly number[] =>
  pairs.filter(({ byTrial }) => byTrial.length > 0).map(({ seed }) => seed);

/** Seeds of pairs of which the audit finds something. */
export const foundIn = (pairs: readonly Attacked[]): readonly number[] =>
  pairs.filter(({ byAudit }) => byAudit.recovered.length > 0).map(({ seed }) => seed);
