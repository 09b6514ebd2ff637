import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding, Released } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { writeEdition } from "../support/edition-files.ts";
import { programme } from "../support/programme-tables.ts";

const PROGRAMMES = 20;
const METHODS = ["suppression", "rounding"] as const;
const folder = mkdtempSync(join(tmpdir(), "duo-impact-programmes-"));
const solver = await highsSolver();
const seeds = Array.from({ length: PROGRAMMES }, (_, seed) => seed);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Published {
  readonly name: string;
  readonly values: readonly Released[];
}

async function publish(
  name: string,
  findings: readonly Finding[],
  method: (typeof METHODS)[number],
  names: readonly string[] = [],
  isSecondaryOn = true,
): Promise<Published> {
  const rules = { audience: "funder", threshold: 5, method } as const;
  const earlier = readEarlierEditions(folder, names).values;
  const { values } = await release(findings, rules, { solver, earlier, isSecondaryOn });
  writeEdition(join(folder, name), values, { ...rules, earlierEditions: names });
  return { name, values };
}

const attacked = (...editions: readonly Published[]): Audit =>
  audit(
    editions.map(({ name }) => readPublished(join(folder, name))),
    solver,
  );

const given = ({ recovered, contradictions }: Audit) => [...recovered, ...contradictions];

describe("random programmes of branches, regions and years, attacked from their files", () => {
  it.each(METHODS)("D2: give no small count away by %s", { timeout: 120_000 }, async (method) => {
    for (const seed of seeds) {
      const edition = await publish(`${9000 + seed}.1`, programme(seed), method);
      expect([seed, given(attacked(edition))]).toEqual([seed, []]);
    }
  });

  it("D3: give many away where only small counts are hidden", async () => {
    const found = [];
    for (const seed of seeds) {
      const edition = await publish(`${9000 + seed}.2`, programme(seed), "suppression", [], false);
      found.push(attacked(edition).recovered.length);
    }
    expect(found.filter((count) => count > 0).length).toBeGreaterThan(PROGRAMMES / 4);
  });

  it.each(METHODS)("D6: two editions by %s give nothing away together", { timeout: 120_000 }, async (method) => {
    for (const seed of seeds) {
      const findings = programme(seed);
      const first = findings.filter(({ period }) => period === "2022");
      const before = await publish(`${8000 + seed}.1`, first, method);
      const after = await publish(`${8000 + seed}.2`, findings, method, [before.name]);
      expect([seed, given(attacked(after, before))]).toEqual([seed, []]);
      if (method === "rounding")
        expect(after.values.filter(({ period }) => period === "2022").map(({ n }) => n)).toEqual(
          before.values.map(({ n }) => n),
        );
    }
  });

  it("D6: what is hidden after an edition that rounded stays closed", { timeout: 120_000 }, async () => {
    for (const seed of [11, 16, 21, 22]) {
      const findings = programme(seed);
      const first = findings.filter(({ period }) => period === "2022");
      const before = await publish(`${6000 + seed}.1`, first, "rounding");
      const after = await publish(`${6000 + seed}.2`, findings, "suppression", [before.name]);
      expect([seed, given(attacked(after, before))]).toEqual([seed, []]);
    }
  });

  it("D6: an edition from which duos are gone is attacked without what can't be believed of it", async () => {
    for (const seed of [35, 45, 62, 64, 67, 76]) {
      const before = await publish(`${4000 + seed}.1`, programme(seed), "suppression");
      const kept = programme(seed, (duo) => duo % 7 > 0);
      const after = await publish(`${4000 + seed}.2`, kept, "suppression", [before.name]);
      const found = attacked(after, before);
      expect([seed, given(found), found.withdrawn > 0]).toEqual([seed, [], true]);
    }
  });

  it("D2: two numbers that are equal wherever both are told are protected as one", async () => {
    // women are dear to hide in one of them, men in the other
    const told = (metric: string, dear: string): readonly Finding[] =>
      [9, 9, 1].flatMap((other, year) =>
        Object.entries({ total: 40 + year + other, woman: 20, man: 20 + year, other }).map(([level, value]) => ({
          ...{
            metric,
            region: "brussels",
            period: `${2022 + year}`,
            dimension: level === "total" ? "total" : "gender",
            level,
          },
          ...{ arm: "participants", value, lower: null, upper: null, n: value, unit: "persons" as const },
          ...{ definition: "", window: "", as_of: "2026-03-31" },
          cell: { kind: "count", persons: {}, base: value, numerator: null, weight: level === dear ? 10 : 1 },
        })),
      );
    const edition = await publish("5000.1", [...told("left", "woman"), ...told("left_later", "man")], "suppression");
    expect(edition.values.filter(({ conf_status }) => conf_status === "F").length).toBeGreaterThan(6);
    expect(given(attacked(edition))).toEqual([]);
  });

  it("tells every count by rounding, as a multiple within less than one base of it", async () => {
    for (const seed of seeds) {
      const findings = programme(seed);
      const { values } = await publish(`${7000 + seed}.1`, findings, "rounding");
      for (const [i, { unit, value, n }] of values.entries()) {
        expect((n ?? 0) % 5).toBe(0);
        if (unit === "rows") expect(Math.abs((value ?? Number.NaN) - (findings[i]?.value ?? 0))).toBeLessThan(5);
      }
    }
  });
});
