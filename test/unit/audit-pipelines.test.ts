import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { planPurge } from "../../src/editions/purge.ts";
import { disclosureSchema } from "../../src/protocol/disclosure.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { writeEdition } from "../support/edition-files.ts";

const RULES = { audience: "funder", threshold: 5 } as const;
const EDITION = "2024.1";
const out = mkdtempSync(join(tmpdir(), "duo-impact-pipelines-"));
const solver = await highsSolver();
afterAll(() => rmSync(out, { recursive: true, force: true }));

function rate(dimension: string, level: string, base: number, numerator: number, weight = 1): Finding {
  return {
    ...{ metric: "placement_rate", region: "brussels", period: "2024", dimension, level, arm: "participants" },
    ...{ value: numerator / base, lower: null, upper: null, n: base, unit: "proportion" },
    ...{ definition: "days90", window: "[0, 12) months", as_of: "2026-03-31" },
    cell: { kind: "rate", persons: { [dimension]: level }, numerator, base, weight },
  };
}

/** The same mentees by gender in two pipelines; each would rather hide another level beside the small one. */
const told = (dearest: string): readonly Finding[] => [
  rate("total", "total", 63, 30),
  ...(["woman", "man", "other"] as const).map((level, i) =>
    rate("gender", level, [30, 30, 3][i] ?? 0, [14, 14, 2][i] ?? 0, level === dearest ? 100 : 1),
  ),
];

async function publish(pipeline: string, findings: readonly Finding[], earlierEditions: readonly string[]) {
  const folder = join(out, pipeline, EDITION);
  const earlier = readEarlierEditions(join(out, pipeline), earlierEditions).values;
  const { values } = await release(findings, RULES, { solver, earlier });
  writeEdition(folder, values, { ...RULES, earlierEditions });
  return readPublished(folder);
}

describe("editions of two pipelines over the same persons", () => {
  it("give a small group away together, which the audit of either alone doesn't see", async () => {
    const annual = await publish("annual-report", told("woman"), []);
    const metrics = await publish("actiris-metrics", told("man"), []);
    expect([audit([annual], solver).recovered, audit([metrics], solver).recovered]).toEqual([[], []]);
    const { recovered } = audit([metrics, annual], solver);
    expect(recovered.filter(({ what }) => / other /.test(what)).length).toBeGreaterThan(0);
  });

  it("give nothing away where one declares the other", async () => {
    const annual = await publish("annual-report", told("woman"), []);
    const metrics = await publish("actiris-metrics", told("man"), ["annual-report/2024.1"]);
    const { recovered, contradictions } = audit([metrics, annual], solver);
    expect([recovered, contradictions]).toEqual([[], []]);
  });

  it("are named with their pipeline in the settings, and missing ones with the file", () => {
    const named = (name: string) => disclosureSchema.safeParse({ ...RULES, earlierEditions: [name] }).success;
    expect(["2024.1", "annual-report/2024.1"].map(named)).toEqual([true, true]);
    expect(["../2024.1", "annual-report/latest", "/tmp/2024.1", "a/b/2024.1"].map(named)).toEqual(Array(4).fill(false));
    const read = (name: string) => () => readEarlierEditions(join(out, "actiris-metrics"), [name]);
    expect(read("annual-report/2023.1")).toThrow(
      /no edition 'annual-report\/2023.1' \(.*metrics.json does not exist\)/,
    );
    expect(read("actiris-metrics/2024.1")).toThrow(/this pipeline's own; write "2024.1"/);
  });

  it("stay as long as another pipeline's edition declares them", async () => {
    await publish("actiris-metrics", told("man"), ["annual-report/2024.1"]);
    const { removed, spared } = planPurge(join(out, "annual-report"), { before: "2999-01-01" });
    expect(removed).toEqual([]);
    expect(spared).toEqual([{ edition: EDITION, why: "actiris-metrics/2024.1 declares it as an earlier edition" }]);
  });
});
