import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Finding } from "../../src/disclose/finding.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { audit } from "../../src/indicators/audits.ts";
import { count, share } from "../../src/indicators/indicator.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { ingest } from "../../src/ingest/ingest.ts";
import { loadSourceMapping } from "../../src/ingest/mapping/mapping.ts";
import { packageRoot } from "../../src/package-root.ts";

let engine: SqlEngine;
let findings: readonly Finding[];

beforeAll(async () => {
  engine = await openDuckDb({ threads: 2 });
  const names = ["branches", "mentees", "mentors", "duos", "outcomes"];
  const sources = names.map((name) => loadSourceMapping(join(packageRoot(), "pipelines/sources"), name));
  await ingest(engine, sources, { projectFolder: packageRoot() });
  const years = Array.from({ length: 13 }, (_, i) => 2013 + i);
  findings = await programmeFindings(engine, { years, asOf: "2026-03-31" });
});
afterAll(() => engine.close());

const published = (metric: string, region: string, level = "total", period = "2013-2025"): number | null | undefined =>
  findings.find((one) => one.metric === metric && one.region === region && one.level === level && one.period === period)
    ?.value;

test("the sample's duos since 2013 are the published ones, in Brussels and in all", () => {
  expect(published("duos_started", "network")).toBe(4450);
  expect(published("duos_started", "brussels")).toBe(2800);
});

test("the sample's mentors with a duo are the published 1,618, nine in ten of whom started another", () => {
  expect(published("mentors_with_duo", "network", "total", "2025")).toBe(1618);
  expect(published("mentors_returned", "network")).toBe(1456 / 1618);
  expect(published("duos_per_mentor", "network", "total", "2025")).toBe(4450 / 1618);
});

test("half of the sample's known mentees declared a job of three months, a fifth an internship or a training", () => {
  expect(published("declared_job", "network")).toBe(1895 / 3790);
  const parts = ["training", "internship"].map((level) => published("declared_outcome", "network", level) ?? 0);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(758 / 3790, 12);
});

test("mentors' steps are told of all years together, and a step at which none was lost has the persons of the one before", () => {
  const steps = findings.filter(({ metric, arm }) => metric === "step_conversion" && arm === "mentors");
  expect(new Set(steps.map(({ period }) => period))).toEqual(new Set(["2013-2025"]));
  const [second, fourth] = ["2", "4"].map((level) =>
    steps.find((one) => one.region === "network" && one.level === level),
  );
  expect([second?.value, second?.cell.kind]).toEqual([1, "mean"]);
  expect(fourth?.cell.kind).toBe("rate");
  const mentees = findings.filter(({ metric, arm }) => metric === "step_conversion" && arm === "mentees");
  expect(mentees.every(({ cell }) => cell.kind === "rate")).toBe(true);
});

const PLACE = { region: "network", dimension: "total", level: "total", period: "2024" };

test("a region that doesn't add up to the network stops the run and is named", () => {
  const indicators = [
    count("duos_started", "duos", PLACE, 7),
    count("duos_started", "duos", { ...PLACE, region: "brussels" }, 6),
  ];
  expect(() => audit(indicators)).toThrow(
    /regions add up.*duos_started \/ duos .*base: the parts make 6, the total is 7/,
  );
});

test("a reason that is lost between the total and its parts stops the run", () => {
  const network = [
    count("duos_ended", "duos", PLACE, 7),
    count("duos_ended", "duos", { ...PLACE, dimension: "end_reason", level: "moved" }, 6),
  ];
  const region = network.map((one) => ({ ...one, region: "brussels" }));
  expect(() => audit([...network, ...region])).toThrow(/levels of a dimension.*the parts make 6, the total is 7/);
});

test("a step with more persons than the one before stops the run", () => {
  const step = share(
    "step_conversion",
    "mentees",
    { ...PLACE, dimension: "step", level: "4" },
    { numerator: 8, base: 7 },
  );
  expect(() => audit([step, { ...step, region: "brussels" }])).toThrow(/no step of the funnel.*8 of 7/);
});

test("a share that lies outside what the unknown could make of it stops the run", () => {
  const of = (metric: string, numerator: number, base: number) =>
    ["network", "brussels"].map((region) => share(metric, "duos", { ...PLACE, region }, { numerator, base }));
  const bounds = [...of("declared_solution_lowest", 6, 10), ...of("declared_solution_highest", 8, 10)];
  expect(() => audit([...bounds, ...of("declared_solution", 6, 8)])).not.toThrow();
  expect(() => audit([...bounds, ...of("declared_solution", 7, 8)])).toThrow(
    /between its bounds.*declared_solution .*is 0.875, its bounds 0.6 and 0.8/,
  );
});
