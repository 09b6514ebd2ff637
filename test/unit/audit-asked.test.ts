import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { duoIndicators } from "../../src/indicators/duos.ts";
import { findingOfIndicator } from "../../src/indicators/indicator.ts";
import { responseIndicators } from "../../src/indicators/questionnaire.ts";
import type { SurveySettings } from "../../src/indicators/questionnaire-settings.ts";
import { writeEdition } from "../support/edition-files.ts";

const RULES = { audience: "funder", threshold: 5 } as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-asked-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Duos that ended in a year, all of them asked at the end, and how many answered. */
const ENDED = { brussels: [60, 20], wallonia: [37, 12], netherlands: [3, 0] } as const;
const NETWORK = [100, 32] as const;
/** Where a number is dear to hide, so that another region's is hidden beside the small one. */
const DEAR: Readonly<Record<string, string>> = { duos_ended: "brussels", survey_response_rate: "wallonia" };
const SETTINGS = { codebook: { items: [] }, privacyMinimum: 5, reliabilityMinimum: 10 } as unknown as SurveySettings;

const findings: readonly Finding[] = Object.entries({ network: NETWORK, ...ENDED }).flatMap(
  ([region, [ended, complete]]) => {
    const at = { region, period: "2024", dimension: "total", level: "total" };
    const asked = { ...at, role: "mentee", wave: "end", invited: ended, complete, partial: 0, persons: complete };
    return [...duoIndicators([{ ...at, status: "ended", duos: ended }]), ...responseIndicators([asked], SETTINGS)]
      .filter(({ metric, dimension }) => dimension === "total" && /^(duos_ended|survey_response_rate)$/.test(metric))
      .map((indicator) => findingOfIndicator(indicator, "2026-03-31"))
      .map((finding) => ({ ...finding, cell: { ...finding.cell, weight: DEAR[finding.metric] === region ? 100 : 1 } }));
  },
);

async function found(name: string, given: readonly Finding[]): Promise<readonly string[]> {
  const { values } = await release(given, RULES, { solver });
  writeEdition(join(folder, name), values, RULES);
  return audit([readPublished(join(folder, name))], solver).recovered.map(({ what }) => what);
}

it("who was asked at the end are the duos that ended: neither gives the other away", async () => {
  expect(await found("kept", findings)).toEqual([]);
  const unsaid = findings.map(({ cell: { parts: _, ...cell }, ...finding }) => ({ ...finding, cell }));
  expect(await found("open", unsaid)).toContainEqual(expect.stringContaining("duos_ended / open / netherlands"));
});
