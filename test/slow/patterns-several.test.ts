import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, temporaryFolder } from "../support/cli.ts";
import { keepPartOfRegister } from "../support/split-register.ts";
import { tinyProject } from "../support/tiny-project.ts";

/*
 * One register in the hands of two services, each of which has the programme's records and some of the persons. The tests
 * follow each other, as the rounds do.
 */
const PIPELINE = "pipelines/sib-evaluation.yaml";
const ALTERNATIVES = `  sensitivity:
    - {name: one-month-each, reuse: once}
    - {name: first-of-month, index: first-of-month}
    - {name: after-the-duo, after: 6}
    - name: odds
      matching: {method: odds, covariates: [age_band, gender, origin, qualification, index_month]}
`;
let folder = "";
const at = (...path: readonly string[]): string => join(folder, ...path);
const SERVICES = ["one", "two"] as const;

function edit(project: string, from: string | RegExp, to: string): void {
  const file = at(project, PIPELINE);
  const text = readFileSync(file, "utf8");
  if (text.replace(from, to) === text) throw new Error(`${file} has no ${from}`);
  writeFileSync(file, text.replace(from, to));
}

beforeAll(() => {
  folder = temporaryFolder("several");
  const project = tinyProject();
  cpSync(project, at("whole"), { recursive: true });
  rmSync(project, { recursive: true });
  edit("whole", /^ {2}balance: /m, `${ALTERNATIVES}  balance: `);
  SERVICES.forEach((service, i) => {
    cpSync(at("whole"), at(service), { recursive: true });
    keepPartOfRegister(at(service), i, SERVICES.length);
  });
  cpSync(at("whole"), at("programme"), { recursive: true });
  rmSync(at("programme/data-sample/actiris-2018"), { recursive: true });
  edit("programme", ", actiris-register-2018]", "]\npatterns: sums");
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const duo = (project: string, ...args: readonly string[]) => cli(args, { cwd: at(project) });
const add = (out: string, ...folders: readonly string[]) => duo(".", "add-patterns", ...folders, "--out", out);
/** What both services hand over in one round, added up. */
function round(name: string, ...options: readonly string[]): string {
  for (const service of SERVICES) {
    const { status, stderr } = duo(service, "patterns", PIPELINE, "--out", at(`${name}-${service}`), ...options);
    expect([status, stderr]).toEqual([0, expect.not.stringContaining("Refused")]);
  }
  const { status, stdout } = add(`sums-${name}`, ...SERVICES.map((service) => `${name}-${service}`));
  expect([status, stdout]).toEqual([0, expect.stringContaining(`(${name} of 2 services)`)]);
  return stdout;
}

describe("patterns of several services", () => {
  it("are added up in three rounds, each of which says what comes next", () => {
    expect(round("days", "--several")).toContain("duo-impact patterns PIPELINE.yaml --with SUMS");
    expect(round("patterns", "--with", at("sums-days"))).toContain("hand it to the services only");
    expect(round("outcomes", "--with", at("sums-patterns"))).toContain("takes it by `patterns:`");
  });

  it("give the metrics of one register that holds all their persons, to the last byte, alternatives included", () => {
    cpSync(at("sums-outcomes"), at("programme/sums"), { recursive: true });
    const [added, whole] = ["programme", "whole"].map((project) => {
      const { status, stderr } = duo(project, "run", PIPELINE);
      expect([status, stderr]).toEqual([0, expect.stringContaining("5 specifications")]);
      return readFileSync(at(project, "out/sib-evaluation/latest/metrics/metrics.csv"), "utf8");
    });
    expect(added).toBe(whole);
    expect(added?.split("\n").length).toBeGreaterThan(600);
    // neither of them has the answer alone
    expect(duo("one", "run", PIPELINE).status).toBe(0);
    expect(readFileSync(at("one/out/sib-evaluation/latest/metrics/metrics.csv"), "utf8")).not.toBe(whole);
  });

  it("leave an evaluator what every published number follows from", () => {
    const own = at("programme/out/sib-evaluation");
    const found = cli(["verify", join(own, "restricted/2016.1"), "--edition", join(own, "2016.1")]);
    expect([found.status, found.stdout]).toEqual([0, expect.stringContaining("equal    impact")]);
  });

  it("that can't be added up are refused in words: matched alone, of two rounds, twice the same", () => {
    expect(duo("one", "patterns", PIPELINE, "--out", at("alone-one")).status).toBe(0);
    const alone = add("sums", "alone-one", "outcomes-two");
    expect(alone.status).toBe(1);
    expect(alone.stderr).toContain("alone-one: was matched within one register");
    expect(alone.stderr).toContain("its round is 'outcomes', that of alone-one 'alone'");
    const twice = add("sums", "days-one", "days-one");
    expect([twice.status, twice.stderr]).toEqual([1, expect.stringContaining("a service is added up once")]);
    const single = add("sums", "days-one");
    expect([single.status, single.stderr]).toEqual([1, expect.stringContaining("at least two services")]);
  });

  it("of one service or of an earlier round are no result, and nothing comes after the last round", () => {
    rmSync(at("programme/sums"), { recursive: true });
    for (const [given, words] of [
      ["outcomes-one", "holds the outcomes of one of several services"],
      ["sums-patterns", "holds the patterns of 2 services"],
    ] as const) {
      cpSync(at(given), at("programme/sums"), { recursive: true });
      const { status, stderr } = duo("programme", "run", PIPELINE);
      rmSync(at("programme/sums"), { recursive: true });
      expect([status, stderr]).toEqual([1, expect.stringContaining(words)]);
    }
    for (const given of ["sums-outcomes", "days-one"]) {
      const { status, stderr } = duo("one", "patterns", PIPELINE, "--out", at("more"), "--with", at(given));
      expect([status, stderr]).toEqual([1, expect.stringContaining("it takes the sums of days or of patterns")]);
    }
  });

  it("are refused where a participant is in both registers, or the duos read are others", () => {
    // a service that holds everybody, the other's persons too
    expect(duo("whole", "patterns", PIPELINE, "--out", at("everybody"), "--with", at("sums-patterns")).status).toBe(0);
    const overlap = add("sums", "everybody", "outcomes-one");
    expect([overlap.status, overlap.stderr]).toEqual([
      1,
      expect.stringContaining("participants are in more than one register"),
    ]);
    const file = at("two/data-sample/programme/duos.csv");
    const lines = readFileSync(file, "utf8").trimEnd().split("\n");
    writeFileSync(file, `${lines.slice(0, -1).join("\n")}\n`);
    expect(duo("two", "patterns", PIPELINE, "--out", at("fewer"), "--with", at("sums-patterns")).status).toBe(0);
    const { status, stderr } = add("sums", "outcomes-one", "fewer");
    expect([status, stderr]).toEqual([1, expect.stringContaining("the services have read different duos")]);
  });

  it("leave no second pass over persons: leaving one out at a time is refused before anything is read", () => {
    edit(
      "one",
      "    - {name: one-month-each",
      "    - {name: person-jackknife, error: person-jackknife}\n    - {name: one-month-each",
    );
    const { status, stderr } = duo("one", "patterns", PIPELINE, "--out", at("more"), "--several");
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining("'person-jackknife' leaves one person out at a time"),
    ]);
    expect(stderr).not.toContain("read sources");
  });
});
