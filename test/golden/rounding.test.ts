import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { cli, temporaryFolder } from "../support/cli.ts";
import { smallProject } from "../support/small-project.ts";

const PIPELINE = "pipelines/sib-evaluation.yaml";
const BASE = 5;

interface Row {
  readonly metric: string;
  readonly arm: string;
  readonly period: string;
  readonly dimension: string;
  readonly definition: string;
  readonly value: number | null;
  readonly n: number | null;
}

/** A project whose evaluation is published in one language, with this disclosure. */
function project(disclosure: string): string {
  const folder = smallProject();
  const file = join(folder, PIPELINE);
  const text = readFileSync(file, "utf8")
    .replace(/^disclosure: .*$/m, `disclosure: ${disclosure}`)
    .replace(/languages: \[.*?\]/, "languages: [fr]");
  writeFileSync(file, text);
  return folder;
}

test("an edition with rounded counts verifies, is audited, adds up and says so", () => {
  const out = temporaryFolder("rounding");
  const run = cli(["run", PIPELINE, "--out", out], { cwd: project("{audience: funder, threshold: 5, method: rounding}") });
  expect([run.status, run.stderr]).toEqual([0, expect.stringMatching(/numbers attacked, none recovered/)]);
  const edition = join(out, "sib-evaluation", "latest");
  const rows: readonly Row[] = JSON.parse(readFileSync(join(edition, "metrics", "metrics.json"), "utf8"));
  const counted = rows.filter(({ metric, arm }) => metric === "placements" && arm === "participants");
  expect(counted.length).toBeGreaterThan(10);
  for (const { n, value } of counted) expect([(n ?? 0) % BASE, (value ?? 0) % BASE]).toEqual([0, 0]);
  const totals = counted.filter(({ dimension }) => dimension === "total");
  for (const pooled of totals.filter(({ period }) => period.includes("-"))) {
    const years = totals.filter((row) => row.definition === pooled.definition && row !== pooled);
    expect(years.reduce((sum, { n }) => sum + (n ?? 0), 0)).toBe(pooled.n);
  }
  const described = JSON.parse(readFileSync(join(edition, "metrics", "datapackage.json"), "utf8"));
  expect([described.countsRoundedTo, described.description]).toEqual([BASE, expect.stringMatching(/multiples of 5/)]);
  const page = readFileSync(join(edition, "reports", "investor-brussels-fr.html"), "utf8");
  expect(page).toMatch(/Les nombres de personnes sont des multiples de 5/);
  expect(page).toMatch(/Les effectifs sont arrondis à un multiple de 5/);
  expect(cli(["audit", edition]).status).toBe(0);
  const anew = cli(["verify", join(out, "sib-evaluation", "restricted", "2016.1"), "--edition", edition]);
  expect([anew.status, anew.stdout]).toEqual([0, expect.stringMatching(/computed anew/)]);
});
