import { existsSync, mkdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../src/publish/hash.ts";
import { type CliResult, cli, filesUnder, temporaryFolder } from "../support/cli.ts";
import { validDataPackage } from "../support/data-package.ts";
import { SAMPLE_KEY, SAMPLE_PIPELINE, sampleEdition } from "../support/sample-edition.ts";

const KEYED = { DUO_IMPACT_KEY: SAMPLE_KEY };
let out = "";
let run: CliResult;
type Row = Readonly<Record<string, string | number | null>>;
let metrics: readonly Row[] = [];

beforeAll(() => {
  ({ out, run } = sampleEdition());
  if (run.status === 0) metrics = JSON.parse(readFileSync(join(edition(), "metrics", "metrics.json"), "utf8"));
});

const edition = (of = out): string => join(of, "sib-evaluation", "latest");

function metric(name: string, period: string, arm: string): Row | undefined {
  return metrics.find(
    (row) =>
      row.metric === name && row.period === period && row.arm === arm && row.dimension === "total" && row.definition === "days90",
  );
}

describe("the evaluation of the bond on the sample", () => {
  it("has a data package whose keys tell each row once and whose metrics are all named (M1)", () => {
    const { resources } = validDataPackage(readFileSync(join(edition(), "metrics", "datapackage.json"), "utf8"));
    const { fields, primaryKey } = resources[0]?.schema ?? { fields: [], primaryKey: [] };
    expect(new Set(metrics.map((row) => JSON.stringify(primaryKey.map((column) => row[column])))).size).toBe(metrics.length);
    const named = fields.find(({ name }) => name === "metric")?.categories?.map(({ value }) => value);
    expect(new Set(named)).toEqual(new Set(metrics.map((row) => row.metric)));
  });

  it("publishes", () => {
    expect(run.stderr).toContain("verify and publish");
    expect(run.status).toBe(0);
    expect(readlinkSync(edition())).toBe("2016.1");
  });

  it.each([
    ["2014", "42.9", "33.7"],
    ["2015", "43.6", "30.5"],
    ["2016", "38.7", "33.4"],
  ])("gives the published rates of %s back by computing them: %s and %s", (period, participants, controls) => {
    const rate = (arm: string) => (100 * Number(metric("placement_rate", period, arm)?.value)).toFixed(1);
    expect([rate("participants"), rate("controls")]).toEqual([participants, controls]);
  });

  it("analyses 322 participants against about 4,000 jobseekers", () => {
    expect(metric("placement_rate", "2014-2016", "participants")?.n).toBe(322);
    const controls = Number(metric("placement_rate", "2014-2016", "controls")?.n);
    expect(controls).toBeGreaterThan(3500);
    expect(controls).toBeLessThan(4500);
  });

  it("agrees with what was computed apart from its raw files, in Python", () => {
    const rows = readFileSync("test/reference/recomputed/sib-evaluation.csv", "utf8").trimEnd().split("\n").slice(1);
    const differing = rows.flatMap((line) => {
      const [name, period, dimension, level, arm, definition, ...figures] = line.split(",");
      const key = { metric: name, period, dimension, level, arm, definition };
      const found = metrics.find((row) => Object.entries(key).every(([column, value]) => row[column] === value));
      const told = [found?.value, found?.lower, found?.upper];
      const agrees = figures.every((figure, i) =>
        figure === "" ? true : Math.abs(Number(told[i] ?? Number.NaN) - Number(figure)) <= 1e-9 * Math.max(1, Math.abs(Number(figure))),
      );
      return agrees ? [] : [{ line, told }];
    });
    expect(rows.length).toBe(141);
    expect(differing).toEqual([]);
  });

  it("words the years whose interval includes 0 so, and the others as a difference", () => {
    const includes = (period: string) => {
      const effect = metric("effect_difference", period, "both");
      return Number(effect?.lower) <= 0 && Number(effect?.upper) >= 0;
    };
    expect(["2014", "2015", "2016", "2014-2016"].map(includes)).toEqual([true, false, true, false]);
    const html = readFileSync(join(edition(), "reports", "investor-brussels-en.html"), "utf8");
    expect(html).toContain("percentage points more participants were in work for at least 90 days within 12 months than similar jobseekers.");
    expect(html).toContain("The intervals of 2 cohorts include zero (2014 and 2016)");
    expect(html).toContain("The interval clears zero in 2015 and when the cohorts are pooled");
  });

  it("tells time to placement by month, in months that no small count parts, rising in both arms", () => {
    const points = (arm: string) => metrics.filter((row) => row.metric === "placed_by_month" && row.arm === arm).map((row) => Number(row.value));
    for (const arm of ["participants", "controls"]) {
      const own = points(arm);
      expect(own.length).toBeGreaterThan(8);
      expect(own.toSorted((a, b) => a - b)).toEqual(own);
    }
    const steps = points("participants").map((value, i, all) => 322 * (value - (all[i - 1] ?? 0)));
    expect(Math.min(...steps)).toBeGreaterThan(4.99);
    expect((322 * (points("participants").at(-1) ?? 0)).toFixed(6)).toBe("196.000000");
  });

  it("finds the placebo inconclusive, says so, and pays the principal under the example contract", () => {
    const at = (name: string, level = "total") => metrics.find((row) => row.metric === name && row.level === level && row.definition === "days90");
    expect(at("verdict_passed", "placebo")).toMatchObject({ value: null, obs_status: "M", conf_status: "F" });
    expect(at("payment_reading")).toMatchObject({ value: 0.292, lower: 0.126, upper: 0.482 });
    expect(at("payment_amount")).toMatchObject({ value: 347_000, lower: 347_000, upper: 347_000, unit: "euro" });
    const page = (language: string) => readFileSync(join(edition(), "reports", `investor-brussels-${language}.html`), "utf8");
    expect(page("en")).toContain("Inconclusive: the interval includes zero and reaches beyond the limit");
    expect(page("en")).toContain("The measured result (29.2%) falls in payment band 2 of the contract: principal repaid, no premium.");
    expect(page("fr")).toContain("Le résultat mesuré (29,2\u00a0%) correspond au palier 2 du contrat\u00a0: capital remboursé, sans prime.");
    expect(page("nl")).toContain("Het gemeten resultaat (29,2%) valt in vergoedingsniveau 2 van de overeenkomst: hoofdsom terugbetaald, geen rendementspremie.");
    for (const format of ["pdf", "xlsx"]) expect(existsSync(join(edition(), "reports", `investor-brussels-fr.${format}`))).toBe(true);
  });

  it("R1: lists every file in the manifest with its sha256, each report in each language and format among them, and nothing else is there but the signatures", () => {
    const files = filesUnder(join(out, "sib-evaluation", "2016.1"));
    const manifest = JSON.parse(files.get("manifest.json")?.toString() ?? "{}");
    const listed = new Map<string, string>(manifest.outputs.map((o: { file: string; sha256: string }) => [o.file, o.sha256]));
    // a list can't hold its own hash, nor the signature of itself
    const own = ["manifest.json", "manifest.sig", "replication/manifest.sig"];
    const others = [...files].filter(([file]) => !own.includes(file));
    expect(files.size).toBe(others.length + own.length);
    expect(others.map(([file]) => file)).toEqual([...listed.keys()].sort());
    for (const [file, bytes] of others) expect(sha256(bytes), file).toBe(listed.get(file));
    for (const language of ["en", "fr", "nl"])
      for (const format of ["html", "pdf", "xlsx"]) expect([...listed.keys()]).toContain(`reports/investor-brussels-${language}.${format}`);
    for (const input of manifest.inputs) expect(input.accepted + input.rejected, input.file).toBe(input.received);
  });

  it("holds no person number, mentee or mentor id of the sample", () => {
    const ids = /\b(ACT|VDB)-[0-9]{7}\b|\bSYN-(?!thetic)[A-Z]?[A-Z0-9-]*[0-9]{3,}\b/;
    for (const [file, bytes] of filesUnder(join(out, "sib-evaluation", "2016.1")))
      expect(ids.test(bytes.toString("latin1")), file).toBe(false);
  });

  it("shows no count from 1 to 4 of people", () => {
    const small = metrics.filter((row) => row.unit === "persons" && row.metric === "placements" && Number(row.value) > 0 && Number(row.value) < 5);
    expect(small).toEqual([]);
    const counts = metrics.filter((row) => row.metric === "attrition" && row.value !== null && Number(row.value) < 5 && Number(row.value) > 0);
    expect(counts).toEqual([]);
    expect(metrics.some((row) => row.conf_status === "A" && row.value === null)).toBe(true);
  });

  it("changes nothing when it is run again", () => {
    const published = join(out, "sib-evaluation");
    const before = filesUnder(join(published, "2016.1"));
    const again = cli(["run", SAMPLE_PIPELINE, "--out", out], { env: KEYED });
    expect(again.status).toBe(0);
    expect(again.stderr).toContain("nothing has changed");
    expect(filesUnder(join(published, "2016.1"))).toEqual(before);
    expect(existsSync(join(published, "2016.2"))).toBe(false);
  });

  it("R7: gives the same bytes elsewhere, in another time zone and locale", () => {
    const elsewhere = temporaryFolder("elsewhere");
    mkdirSync(elsewhere, { recursive: true });
    const other = cli(["run", SAMPLE_PIPELINE, "--out", elsewhere], { env: { ...KEYED, TZ: "Pacific/Auckland", LANG: "fr_BE.UTF-8" } });
    expect(other.status).toBe(0);
    const names = (folder: string) => [...filesUnder(folder)].map(([file, bytes]) => `${sha256(bytes)} ${file}`);
    for (const part of ["2016.1", "restricted/2016.1"])
      expect(names(join(elsewhere, "sib-evaluation", part))).toEqual(names(join(out, "sib-evaluation", part)));
    rmSync(elsewhere, { recursive: true, force: true });
  });
});
