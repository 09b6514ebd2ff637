import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { metricsCsv } from "../../src/publish/metrics.ts";
import { stageSample } from "../support/sample-tables.ts";

const RULES = { audience: "public", threshold: 5 } as const;
const folder = mkdtempSync(join(tmpdir(), "duo-impact-audit-sample-"));
const solver = await highsSolver();
let findings: readonly Finding[];

beforeAll(async () => {
  const { engine } = await stageSample("actiris-register-2018");
  findings = await programmeFindings(engine, { years: [2023, 2024], asOf: "2026-03-31" });
  engine.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function attacked(name: string, isSecondaryOn: boolean): Promise<Audit> {
  const { values } = await release(findings, RULES, { solver, isSecondaryOn });
  mkdirSync(join(folder, name, "metrics"), { recursive: true });
  writeFileSync(join(folder, name, "metrics", "metrics.csv"), metricsCsv(values));
  return audit([readPublished(join(folder, name))], solver);
}

describe("the published year of the sample's programme", () => {
  it("gives no hidden count away: funnel, duos, mentors, declared outcomes and persons are all attacked", {
    timeout: 120_000,
  }, async () => {
    const { recovered, contradictions, targets, equations } = await attacked("released", true);
    expect(recovered).toEqual([]);
    expect(contradictions).toEqual([]);
    expect(targets).toBeGreaterThan(1500);
    expect(equations).toBeGreaterThan(3000);
  });

  it("gives many away where only small counts are hidden", async () => {
    const { recovered } = await attacked("small-only", false);
    const metrics = new Set(recovered.map(({ what }) => what.split(" / ")[1]));
    expect(recovered.length).toBeGreaterThan(50);
    expect(metrics.size).toBeGreaterThan(3);
  });
});
