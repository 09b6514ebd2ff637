import { expect, test } from "vitest";
import { costsSection } from "../../reports/year/costs.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import type { Block } from "../../src/document/document.ts";
import { costs } from "../../src/indicators/costs.ts";
import { duoIndicators } from "../../src/indicators/duos.ts";
import { findingOfIndicator } from "../../src/indicators/indicator.ts";
import { yearInput } from "../support/year-values.ts";

/** Duos started in 2024 and what they cost, a region each and the network. */
function findingsOf(duos: Readonly<Record<string, number>>): readonly Finding[] {
  const network = Object.values(duos).reduce((sum, one) => sum + one, 0);
  const rows = Object.entries({ ...duos, network }).map(([region, started]) => ({
    ...{ region, dimension: "total", level: "total", period: "2024", status: "started" },
    ...{ duos: started, mentees: started, amount_eur: started * 1234.5, solutions: started, is_mature: true },
  }));
  return [...duoIndicators(rows), ...costs(rows)].map((one) => findingOfIndicator(one, "2026-03-31"));
}

const rowsOf = (blocks: readonly Block[]): ReadonlyArray<readonly string[]> =>
  blocks.flatMap((block) =>
    block.kind === "table" ? block.table.rows.map(({ cells }) => cells.map(({ text }) => text)) : [],
  );

test.each([
  ["en", "€1,235"],
  ["fr", "1\u202f235\u00a0€"],
  ["nl", "€\u00a01.235"],
] as const)("costs are written in euros as %s does: %s", async (language, written) => {
  const { values } = await release(findingsOf({ brussels: 40, flanders: 30 }), { audience: "public", threshold: 5 });
  const year = rowsOf(costsSection(yearInput(values, language))).find(([label]) => label === "2024");
  expect(year?.slice(1)).toEqual([written, written]);
});

test("a cost goes with its duos: too few of them, or hidden for another region's sake", async () => {
  const findings = findingsOf({ brussels: 40, flanders: 30, wallonia: 3 });
  const { values } = await release(findings, { audience: "public", threshold: 5 });
  const statusOf = (metric: string, region: string): string | undefined =>
    values.find((one) => one.metric === metric && one.region === region)?.conf_status;
  const regions = ["brussels", "flanders", "wallonia", "network"];
  const duos = regions.map((region) => statusOf("duos_started", region));
  expect(duos[2]).toBe("A");
  expect(duos).toContain("D");
  expect(regions.map((region) => statusOf("cost_per_duo", region))).toEqual(duos);
});

test("no section where no budget was given", async () => {
  expect(costsSection(yearInput([], "en"))).toEqual([]);
});
