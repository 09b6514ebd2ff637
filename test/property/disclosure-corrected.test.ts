import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { type PublishedEdition, readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { bond } from "../support/bond-tables.ts";
import { writeEdition } from "../support/edition-files.ts";

const TABLES = 4;
const folder = mkdtempSync(join(tmpdir(), "duo-impact-corrected-"));
const solver = await highsSolver();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Editions of the bond, the second of which declares the first and lacks one participant in so many. */
async function corrected(seed: number, missing: number, isSecondaryOn = true) {
  const [first, second] = [`${7000 + seed}.1`, `${7000 + seed}.${1 + missing}`];
  const before = await publish(first, bond(seed), []);
  const kept = bond(seed, (participant) => participant % missing > 0);
  return [await publish(second, kept, [first], isSecondaryOn), before] as const;
}

async function publish(name: string, findings: readonly Finding[], earlier: readonly string[], isSecondaryOn = true) {
  const rules = { audience: "funder", threshold: 5 } as const;
  const options = { solver, earlier: readEarlierEditions(folder, earlier).values, isSecondaryOn };
  const { values } = await release(findings, rules, options);
  writeEdition(join(folder, name), values, rules);
  return readPublished(join(folder, name));
}

function given(editions: readonly PublishedEdition[]): readonly unknown[] {
  const { recovered, contradictions } = audit(editions, solver);
  return [...recovered, ...contradictions];
}

/** Where an edition shows a figure, or hides one. */
const placesOf = ({ rows }: PublishedEdition, isShown: boolean): readonly string[] =>
  rows
    .filter(({ conf_status }) => (conf_status === "F") === isShown)
    .map(({ period, dimension, level }) => [period, dimension, level].join(" "));

describe("an edition from which participants of the edition that it declares are gone", () => {
  it.each([2, 3, 10])("D6: gives nothing away where one in %i is gone", { timeout: 120_000 }, async (missing) => {
    for (const seed of [...Array(TABLES).keys(), 40]) {
      const [now, before] = await corrected(seed, missing);
      expect([seed, given([now]), given([now, before])]).toEqual([seed, [], []]);
    }
  });

  it.each([20, 40])(
    "D6: shows nothing that the first one hid where one in %i is gone",
    { timeout: 120_000 },
    async (missing) => {
      for (const seed of [244, 245, 246, 248]) {
        const [now, before] = await corrected(seed, missing);
        expect([seed, given([now, before])]).toEqual([seed, []]);
        const [hidden, shown] = [placesOf(before, false), placesOf(now, true)];
        expect([seed, hidden.filter((place) => shown.includes(place))]).toEqual([seed, []]);
      }
    },
  );

  it("D3: gives much away where only small counts are hidden", { timeout: 120_000 }, async () => {
    const found = [];
    for (let seed = 0; seed < TABLES; seed++) found.push(given(await corrected(seed, 10, false)).length);
    expect(found.filter((count) => count > 0).length).toBeGreaterThan(0);
  });
});
