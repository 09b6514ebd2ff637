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
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { metricsCsv, metricsJson } from "../../src/publish/metrics.ts";
import { stageSample } from "../support/sample-tables.ts";

const RULES = { audience: "public", threshold: 5 } as const;
const folder = mkdtempSync(join(tmpdir(), "duo-impact-audit-sample-"));
const solver = await highsSolver();
let findings: readonly Finding[];
/** Duos that ended, and who answered after, of two successive editions. */
let successive: readonly (readonly Finding[])[];

beforeAll(async () => {
  const { engine } = await stageSample("actiris-register-2018");
  const told = (years: readonly number[]) => programmeFindings(engine, { years, asOf: "2026-03-31" });
  findings = await told([2023, 2024]);
  successive = [await told([2022, 2023]), await told([2022, 2023, 2024])].map((own) =>
    own.filter(
      ({ metric, dimension }) =>
        /^(duos_ended|duos_completed|declared_follow_up)$/.test(metric) && dimension !== "branch",
    ),
  );
  engine.close();
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Releases an edition's findings into files, with the earlier editions of these names known. */
async function publish(name: string, own: readonly Finding[], names: readonly string[], isSecondaryOn = true) {
  const earlier = readEarlierEditions(folder, names).values;
  const { values } = await release(own, RULES, { solver, earlier, isSecondaryOn });
  mkdirSync(join(folder, name, "metrics"), { recursive: true });
  writeFileSync(join(folder, name, "metrics", "metrics.csv"), metricsCsv(values));
  writeFileSync(join(folder, name, "metrics", "metrics.json"), metricsJson(values));
  return readPublished(join(folder, name));
}

async function attacked(name: string, isSecondaryOn: boolean): Promise<Audit> {
  return audit([await publish(name, findings, [], isSecondaryOn)], solver);
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

  it("D6: two successive editions give nothing away together, and would if the later one knew nothing of the earlier", {
    timeout: 120_000,
  }, async () => {
    const [first = [], second = []] = successive;
    const before = await publish("2023.1", first, []);
    const after = audit([await publish("2024.1", second, ["2023.1"]), before], solver);
    expect([after.recovered, after.contradictions, after.disagreements]).toEqual([[], [], []]);
    const ignorant = audit([await publish("2024.2", second, []), before], solver);
    expect(ignorant.recovered.length).toBeGreaterThan(0);
  });
});
