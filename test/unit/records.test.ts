import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import { esfIndicators } from "../../src/indicators/esf.ts";
import { count, findingOfIndicator, type Indicator } from "../../src/indicators/indicator.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { writeEdition } from "../support/edition-files.ts";

const RULES = { audience: "funder", threshold: 5 } as const;
const solver = await highsSolver();
const folder = mkdtempSync(join(tmpdir(), "duo-impact-records-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Participants by their status on entry, as their records for the ESF+ say. */
const STATUS = {
  network: { unemployed: 412, inactive: 68, employed: 11 },
  brussels: { unemployed: 282, inactive: 39, employed: 10 },
  flanders: { unemployed: 130, inactive: 29, employed: 1 },
} as const;
const CODES = { eeco02: "unemployed", eeco04: "inactive", eeco05: "employed" } as const;

const told = (indicators: readonly Indicator[]): readonly Finding[] =>
  indicators.map((indicator) => findingOfIndicator(indicator, "2026-03-31"));

const records: readonly Finding[] = Object.entries(STATUS).flatMap(([region, status]) => {
  const at = { region, period: "2022", gender: "total" };
  const all = status.unemployed + status.inactive + status.employed;
  const rows = Object.entries(CODES).map(([code, level]) => ({ ...at, code, persons: status[level] }));
  return told(
    esfIndicators([{ ...at, code: "eeco01", persons: all }, ...rows]).filter(
      ({ metric, dimension }) => dimension === "total" && /^eeco0[1245]$/.test(metric),
    ),
  );
});

/** The profile of the same participants, of whom it counts one more, whose record is incomplete. */
const profile: readonly Finding[] = told(
  Object.entries(STATUS).flatMap(([region, { inactive }]) => {
    const at = { region, period: "2022", dimension: "status_on_entry", level: "inactive" };
    return [count("persons_in_duos", "mentees", at, region === "brussels" ? 40 : inactive)];
  }),
).map((finding) =>
  finding.region === "network" ? { ...finding, value: 69, n: 69, cell: { ...finding.cell, base: 69 } } : finding,
);

async function publish(name: string, findings: readonly Finding[], names: readonly string[] = []) {
  const earlier = readEarlierEditions(folder, names).values;
  const { values } = await release(findings, RULES, { solver, earlier });
  writeEdition(join(folder, name), values, { ...RULES, earlierEditions: names });
}

const found = (...names: readonly string[]) =>
  audit(
    names.map((name) => readPublished(join(folder, name))),
    solver,
  ).recovered.map(({ what, least, most }) => [what.split(" / ")[1], what.split(" / ")[3], least, most]);

describe("a status on entry, told by a profile and by the indicators of the ESF+", () => {
  it("is that of the same persons: two editions together give few away, unless the later one knows the earlier", async () => {
    await publish("2022.1", profile);
    await publish("2022.2", records);
    expect(found("2022.2")).toEqual([]);
    expect(found("2022.2", "2022.1")).toEqual([["eeco05", "flanders", 1, 2]]);
    await publish("2022.3", records, ["2022.1"]);
    expect(found("2022.3", "2022.1")).toEqual([]);
  });

  it("gives few away within an edition too", async () => {
    const unsaid = records.map(({ cell: { someOf: _, ...cell }, ...finding }) => ({ ...finding, cell }));
    await publish("2022.4", [...profile, ...unsaid]);
    expect(found("2022.4")).toEqual([["eeco05", "flanders", 1, 2]]);
    await publish("2022.5", [...profile, ...records]);
    expect(found("2022.5")).toEqual([]);
  });
});
