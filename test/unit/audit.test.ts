import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { auditedAnew } from "../../src/audit/anew.ts";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { metricsCsv } from "../../src/publish/metrics.ts";
import { writeEdition } from "../support/edition-files.ts";
import { uniform } from "../support/random.ts";

const RULES = { audience: "funder", threshold: 5 } as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-audit-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function rate(dimension: string, level: string, base: number, numerator: number): Finding {
  return {
    ...{ metric: "placement_rate", region: "brussels", period: "2014-2016", dimension, level, arm: "participants" },
    ...{ value: numerator / base, lower: null, upper: null, n: base, unit: "proportion" },
    ...{ definition: "days90", window: "[0, 12) months", as_of: "2018-03-31" },
    cell: { kind: "rate", persons: { [dimension]: level }, numerator, base },
  };
}

/** One group broken down by three facts at random. */
function study(seed: number): readonly Finding[] {
  const random = uniform(seed);
  const placed = Array.from({ length: 60 }, () => random() < 0.45);
  const breakdown = (dimension: string, levels: number): readonly Finding[] => {
    const of = placed.map(() => Math.floor(random() ** 2 * levels));
    return Array.from({ length: levels }, (_, level) => {
      const own = placed.filter((_, i) => of[i] === level);
      return rate(dimension, `l${level}`, own.length, own.filter(Boolean).length);
    }).filter(({ cell }) => (cell.base ?? 0) > 0);
  };
  const total = rate("total", "total", placed.length, placed.filter(Boolean).length);
  return [total, ...breakdown("gender", 2), ...breakdown("origin", 5), ...breakdown("qualification", 4)];
}

async function recovered(seed: number, isSecondaryOn: boolean): Promise<number> {
  const { values } = await release(study(seed), RULES, { solver, isSecondaryOn });
  const edition = join(folder, `${seed}-${isSecondaryOn}`);
  mkdirSync(join(edition, "metrics"), { recursive: true });
  writeFileSync(join(edition, "metrics", "metrics.csv"), metricsCsv(values));
  return audit([readPublished(edition)], solver).recovered.length;
}

describe("audit", () => {
  it("reads the threshold and the base that a manifest states, whatever is stated beside them", () => {
    const edition = join(folder, "stated");
    const regrouped = { qualification: { upper: ["medium", "high"] } };
    writeEdition(edition, [], { regrouped, threshold: 7, method: "rounding", base: 8 });
    expect(readPublished(edition)).toMatchObject({ threshold: 7, base: 8 });
  });

  it("takes the rows that the manifest tells of as rejected out of the reasons taken together", async () => {
    const exit = (level: string, count: number): Finding => ({
      ...{ ...rate("attrition", level, count, 0), metric: "attrition", value: count, unit: "rows" },
      cell: { kind: "count", persons: {}, numerator: null, base: count },
    });
    const flow = [exit("duos_received", 115), exit("not_started", 20), exit("other", 15), exit("analysed", 80)];
    const { values } = await release(flow, RULES, { solver });
    const found = (rejected: number): readonly object[] => {
      const edition = join(folder, `rejected-${rejected}`);
      writeEdition(edition, values, RULES, { inputs: [{ received: 115, rejected }] });
      return audit([readPublished(edition)], solver).recovered;
    };
    expect(found(13)).toMatchObject([{ least: 2, most: 2 }]);
    expect(found(8)).toEqual([]);
  });

  it("finds nothing in what was released", { timeout: 120_000 }, async () => {
    for (let seed = 0; seed < 8; seed++) expect([seed, await recovered(seed, true)]).toEqual([seed, 0]);
  });

  it("finds the leaks where only small counts are hidden", async () => {
    const found = [];
    for (let seed = 0; seed < 8; seed++) found.push(await recovered(seed, false));
    expect(found.filter((count) => count > 0).length).toBeGreaterThan(2);
  });

  it("holds nothing against an edition that an earlier one gave away by itself", async () => {
    const publish = async (name: string, isSecondaryOn: boolean) => {
      const { values } = await release(study(7), RULES, { solver, isSecondaryOn });
      writeEdition(join(folder, name), values, RULES);
      return readPublished(join(folder, name));
    };
    const [before, now] = [await publish("given-1", false), await publish("given-2", true)];
    expect(audit([now, before], solver).recovered.length).toBeGreaterThan(0);
    expect(auditedAnew(now, [before], solver).flatMap(({ recovered }) => recovered)).toEqual([]);
    expect(auditedAnew(before, [now], solver).flatMap(({ recovered }) => recovered).length).toBeGreaterThan(0);
  });

  it("finds nothing in means by region where one branch is all of a region", async () => {
    const mean = (region: string, dimension: string, level: string, base: number): Finding => ({
      ...{ ...rate(dimension, level, base, 0), metric: "days_between_duos", region, arm: "mentors", unit: "days" },
      ...{ value: 95, n: base, period: "2022", definition: "", window: "" },
      cell: { kind: "mean", persons: { [dimension]: level }, numerator: null, base },
    });
    const regions = Object.entries({ brussels: [15, 15], wallonia: [26], netherlands: [9] });
    const findings = [
      mean("network", "total", "total", 65),
      ...regions.flatMap(([region, branches]) => [
        mean(
          region,
          "total",
          "total",
          branches.reduce((sum, own) => sum + own, 0),
        ),
        ...branches.map((own, i) => mean(region, "branch", `${region}-${i}`, own)),
      ]),
    ];
    const rules = { ...RULES, threshold: 10 };
    const found = async (isSecondaryOn: boolean): Promise<number> => {
      const { values } = await release(findings, rules, { solver, isSecondaryOn });
      const edition = join(folder, `means-${isSecondaryOn}`);
      writeEdition(edition, values, rules);
      return audit([readPublished(edition)], solver).recovered.length;
    };
    expect(await found(false)).toBeGreaterThan(0);
    expect(await found(true)).toBe(0);
  });
});
