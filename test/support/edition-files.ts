import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Released } from "../../src/disclose/finding.ts";
import { metricsCsv, metricsJson } from "../../src/publish/metrics.ts";

/** Writes what an attacker reads of an edition: its metrics, and the settings of disclosure in its manifest. */
export function writeEdition(folder: string, values: readonly Released[], disclosure: object, manifest = {}): void {
  mkdirSync(join(folder, "metrics"), { recursive: true });
  const stated = { outputs: [], rows: {}, protocol: { disclosure }, ...manifest };
  writeFileSync(join(folder, "manifest.json"), JSON.stringify(stated));
  writeFileSync(join(folder, "metrics", "metrics.csv"), metricsCsv(values));
  writeFileSync(join(folder, "metrics", "metrics.json"), metricsJson(values));
}
