import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { annualReport } from "../../reports/annual.ts";
import { employmentServiceReport } from "../../reports/employment-service.ts";
import { regionReport } from "../../reports/region.ts";
import { releasedFor } from "../../reports/registry.ts";
import type { ReportInput } from "../../reports/report-input.ts";
import { NETWORK } from "../../reports/year/place.ts";
import { type Audit, audit } from "../../src/audit/audit.ts";
import { readPublished } from "../../src/audit/published.ts";
import type { Finding, Released } from "../../src/disclose/finding.ts";
import { release } from "../../src/disclose/release.ts";
import { highsSolver } from "../../src/disclose/solver.ts";
import type { Document, Language } from "../../src/document/document.ts";
import { programmeFindings } from "../../src/indicators/programme.ts";
import { once } from "../../src/once.ts";
import { readEarlierEditions } from "../../src/publish/earlier-editions.ts";
import { metricsCsv, metricsJson } from "../../src/publish/metrics.ts";
import { documentText } from "../support/document-text.ts";
import { matchesGolden } from "../support/golden.ts";
import { stageSample } from "../support/sample-tables.ts";
import { releasedValue, yearInput } from "../support/year-values.ts";

const LANGUAGES = ["en", "fr", "nl"] as const;

/** An impact beside the year's figures: unclear in the first cohort, clear together; synthetic. */
const IMPACT: readonly Released[] = [
  ["2022", 79, 354, 0.392, 0.345, 0.048, [-0.072, 0.168]],
  ["2023", 86, 381, 0.477, 0.38, 0.097, [-0.019, 0.213]],
  ["2024", 92, 408, 0.533, 0.331, 0.202, [0.088, 0.315]],
  ["2022-2024", 257, 797, 0.471, 0.351, 0.119, [0.052, 0.187]],
].flatMap(([period, participants, controls, own, other, difference, limits]) => {
  const [lower = null, upper = null] = limits as readonly number[];
  const at = { region: "flanders", period: String(period), definition: "contract3m" };
  const rate = { ...at, metric: "placement_rate" };
  return [
    releasedValue({ ...rate, arm: "participants", value: Number(own), n: Number(participants) }),
    releasedValue({ ...rate, arm: "controls", value: Number(other), n: Number(controls) }),
    releasedValue({ ...at, metric: "effect_difference", arm: "both", value: Number(difference), lower, upper }),
    ...Object.entries({ verdict_value: 0.07, verdict_threshold: 0.1, verdict_passed: 1 }).map(([metric, value]) =>
      releasedValue({ ...at, metric, arm: "both", dimension: "verdict", level: "maxSmd", value }),
    ),
  ];
});

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
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What is released of the sample's year, worked out once. */
const released = once(() => release(findings, RULES, { solver }));

/** Releases an edition's findings into files, with the earlier editions of these names known. */
async function publish(name: string, own: readonly Finding[], names: readonly string[]) {
  const earlier = readEarlierEditions(folder, names).values;
  return written(name, await release(own, RULES, { solver, earlier }));
}

function written(name: string, { values }: { readonly values: readonly Released[] }) {
  mkdirSync(join(folder, name, "metrics"), { recursive: true });
  writeFileSync(join(folder, name, "metrics", "metrics.csv"), metricsCsv(values));
  writeFileSync(join(folder, name, "metrics", "metrics.json"), metricsJson(values));
  return readPublished(join(folder, name));
}

const attacked = (name: string, made: { readonly values: readonly Released[] }): Audit =>
  audit([written(name, made)], solver);

describe("the published year of the sample's programme", () => {
  it("gives no hidden count away: funnel, duos, mentors, declared outcomes and persons are all attacked", {
    timeout: 120_000,
  }, async () => {
    const { recovered, contradictions, targets, equations } = attacked("released", await released());
    expect(recovered).toEqual([]);
    expect(contradictions).toEqual([]);
    expect(targets).toBeGreaterThan(1500);
    expect(equations).toBeGreaterThan(3000);
  });

  it("gives many away where only small counts are hidden", async () => {
    const { recovered } = attacked("small-only", await release(findings, RULES, { solver, isSecondaryOn: false }));
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

  it("D4: nothing that leaves depends on a hidden value, whose digits stand nowhere", {
    timeout: 120_000,
  }, async () => {
    const { values } = await released();
    const moved = (value: number | null): number | null => (value === null ? null : value + 0.12345678);
    const others = findings.map((finding, i): Finding => {
      const { value, lower, upper, n } = finding;
      if (values[i]?.conf_status === "F") return finding;
      return { ...finding, value: moved(value), lower: moved(lower), upper: moved(upper), n: moved(n) };
    });
    const again = await release(others, RULES, { solver });
    expect(metricsCsv(again.values)).toBe(metricsCsv(values));
    expect(metricsJson(again.values)).toBe(metricsJson(values));
    const written = `${metricsCsv(values)} ${metricsJson(values)} ${JSON.stringify(reportsOf(values))}`;
    const shown = new Set(values.flatMap(({ value, lower, upper }) => [value, lower, upper]));
    const hidden = findings.flatMap(({ value, lower, upper }, i) =>
      values[i]?.conf_status === "F" ? [] : [value, lower, upper],
    );
    const told = hidden.filter((one) => one !== null && !shown.has(one) && `${one}`.length > 8);
    expect(told.length).toBeGreaterThan(300);
    expect(told.filter((one) => written.includes(String(one)))).toEqual([]);
  });

  it("D5: a figure has the same status in every language and format", { timeout: 120_000 }, async () => {
    const { values } = await released();
    const [en = [], ...others] = reportsOf(values).map((documents) => documents.map(markersOf));
    expect(en.flat(2).filter((row) => /\[[cd]\]/.test(row)).length).toBeGreaterThan(20);
    for (const other of others) expect(other).toEqual(en);
    const json: readonly { readonly conf_status: string }[] = JSON.parse(metricsJson(values));
    const [header = "", ...lines] = metricsCsv(values).trim().split("\n");
    const at = header.trim().split(",").indexOf("conf_status");
    expect(json.map(({ conf_status }) => conf_status)).toEqual(lines.map((line) => line.trim().split(",")[at]));
  });
});

describe("what the programme's reports say, word for word", () => {
  const MAKERS = { annual: [annualReport, NETWORK], region: [regionReport, "brussels"] } as const;

  it.each(LANGUAGES)("in %s: the annual report, a region's and an employment service's", async (language) => {
    const { values } = await released();
    const of = (name: string, text: string) => matchesGolden(`reports/${name}-${language}.txt`, text);
    const found = Object.entries(MAKERS).map(([name, [make, region]]) =>
      of(name, documentText(make(inputOf([...releasedFor(region, values), ...IMPACT], language, region)))),
    );
    const service = inputOf([...releasedFor("flanders", values), ...IMPACT], language, "flanders");
    expect([...found, of("employment-service", documentText(employmentServiceReport(service)))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

/** The annual report and a region's in each language. */
const reportsOf = (values: readonly Released[]): ReadonlyArray<readonly Document[]> =>
  LANGUAGES.map((language) => [
    annualReport(inputOf(values, language, NETWORK)),
    regionReport(inputOf(values, language, "brussels")),
  ]);

function inputOf(values: readonly Released[], language: Language, region: string): ReportInput {
  const input = yearInput(values, language, region);
  return { ...input, pipeline: { ...input.pipeline, programme: { years: [2023, 2024], asOf: "2026-03-31" } } };
}

/** Rows of markers, or numbers, of a document's tables, whatever their order: places stand by their names. */
const markersOf = ({ blocks }: Document): ReadonlyArray<readonly string[]> =>
  blocks.flatMap((block) =>
    "table" in block
      ? [block.table.rows.map(({ cells }) => cells.map(({ marker, value }) => marker ?? value ?? "").join(" ")).sort()]
      : [],
  );
