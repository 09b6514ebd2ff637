import { cpSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { sha256 } from "../../src/publish/hash.ts";
import { cli, filesUnder, temporaryFolder } from "../support/cli.ts";
import { sampleEdition } from "../support/sample-edition.ts";
import { tinyProject } from "../support/tiny-project.ts";

const PIPELINE = "pipelines/sib-evaluation.yaml";
const REGISTER = ", actiris-register-2018]";

function edit(project: string, ...changes: readonly (readonly [from: string | RegExp, to: string])[]): void {
  const file = join(project, PIPELINE);
  for (const [from, to] of changes) {
    const text = readFileSync(file, "utf8");
    if (text.replace(from, to) === text) throw new Error(`${file} has no ${from}`);
    writeFileSync(file, text.replace(from, to));
  }
}

/** sha256 of every file under a folder, by path. */
const hashesOf = (folder: string): Readonly<Record<string, string>> =>
  Object.fromEntries([...filesUnder(folder)].map(([path, bytes]) => [path, sha256(bytes)]));

const inPlaceOfRegister = (project: string, folder = "patterns/actiris") =>
  edit(project, [REGISTER, `]\npatterns: ${folder}`]);

describe("patterns of the whole sample in the place of its register", () => {
  const project = temporaryFolder("patterns");
  afterAll(() => rmSync(project, { recursive: true, force: true }));

  it("give the metrics of the microdata to the last byte, every alternative included, and the same patterns", () => {
    const { out } = sampleEdition();
    const own = join(out, "sib-evaluation");
    cpSync(join(packageRoot(), "pipelines"), join(project, "pipelines"), { recursive: true });
    cpSync(join(packageRoot(), "data-sample/programme"), join(project, "data-sample/programme"), { recursive: true });
    cpSync(join(own, "restricted/2016.1/evaluator/patterns"), join(project, "patterns/actiris"), { recursive: true });
    inPlaceOfRegister(project);
    edit(project, [/^reports:[\s\S]*/m, "reports: []\n"]);
    const run = cli(["run", PIPELINE], { cwd: project });
    expect([run.status, run.stderr]).toEqual([0, expect.stringContaining("patterns in the place of a register")]);
    const other = join(project, "out/sib-evaluation");
    const metrics = readFileSync(join(other, "latest/metrics/metrics.csv"));
    expect(metrics.length).toBeGreaterThan(10_000);
    expect(metrics.equals(readFileSync(join(own, "latest/metrics/metrics.csv")))).toBe(true);
    const given = hashesOf(join(project, "patterns/actiris"));
    expect(Object.keys(given).length).toBeGreaterThan(50);
    expect(hashesOf(join(other, "restricted/2016.1/evaluator/patterns"))).toEqual(given);
  });
});

describe("duo-impact patterns", () => {
  let service = "";
  let programme = "";
  beforeAll(() => {
    service = tinyProject();
    programme = tinyProject();
    rmSync(join(programme, "data-sample/actiris-2018"), { recursive: true });
    inPlaceOfRegister(programme);
  });
  afterAll(() => {
    for (const folder of [service, programme]) rmSync(folder, { recursive: true, force: true });
  });
  const atService = (...args: readonly string[]) => cli(args, { cwd: service });
  const atProgramme = (...args: readonly string[]) => cli(args, { cwd: programme });

  it("hands over what a run leaves to the evaluator, and nothing else", () => {
    const handed = atService("patterns", PIPELINE, "--out", join(programme, "patterns/actiris"));
    expect([handed.status, handed.stdout]).toEqual([0, expect.stringContaining("No person's row is in it")]);
    expect(readdirSync(service)).not.toContain("out");
    expect(atService("run", PIPELINE, "--quiet").status).toBe(0);
    const restricted = hashesOf(join(service, "out/sib-evaluation/restricted/2016.1/evaluator/patterns"));
    expect(hashesOf(join(programme, "patterns/actiris"))).toEqual(restricted);
  });

  it("names no person of the register and of the programme", () => {
    const bytes = [...filesUnder(join(programme, "patterns/actiris")).values()].map((one) => one.toString("latin1"));
    const text = bytes.join("\n");
    const numbers = readFileSync(join(service, "data-sample/actiris-2018/chercheurs.csv"), "latin1")
      .split("\n")
      .slice(1)
      .flatMap((line) => line.split(";")[0] || []);
    const mentees = readFileSync(join(service, "data-sample/programme/mentees.csv"), "utf8")
      .split("\n")
      .slice(1)
      .flatMap((line) => line.split(",")[0] || []);
    expect(numbers.length + mentees.length).toBeGreaterThan(600);
    expect([...numbers, ...mentees].filter((one) => text.includes(one))).toEqual([]);
  });

  it("is taken in the place of the register, with its manifest among the inputs", () => {
    expect(atProgramme("run", PIPELINE, "--quiet").status).toBe(0);
    const metrics = (project: string) =>
      readFileSync(join(project, "out/sib-evaluation/latest/metrics/metrics.csv"), "utf8");
    expect(metrics(programme)).toBe(metrics(service));
    const { inputs } = JSON.parse(readFileSync(join(programme, "out/sib-evaluation/latest/manifest.json"), "utf8"));
    expect(inputs.at(-1)).toMatchObject({
      source: "actiris-register-2018",
      table: "patterns",
      file: "patterns/actiris/manifest.json",
    });
    expect(atProgramme("plan", PIPELINE).stdout).toContain("patterns/actiris/manifest.json");
    expect(atProgramme("check", PIPELINE).status).toBe(0);
  });

  it("of another protocol is refused, setting by setting", () => {
    edit(programme, ["target: 0.1,", "target: 0.2,"], ["maxSmd: 0.1", "maxSmd: 0.2"]);
    const refused = atProgramme("run", PIPELINE);
    edit(programme, ["target: 0.2,", "target: 0.1,"], ["maxSmd: 0.2", "maxSmd: 0.1"]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain(
      "evaluation.effect.target is '0.1' there and '0.2' here; evaluation.verdicts.maxSmd is",
    );
    const year = atProgramme("run", PIPELINE, "--year", "2015");
    expect([year.status, year.stderr]).toEqual([
      1,
      expect.stringContaining("evaluation.cohorts.years is '2014, 2015, 2016' there"),
    ]);
  });

  it("that was changed or is incomplete is refused, naming the file", () => {
    const folder = join(programme, "patterns/actiris");
    const [table = ""] = readdirSync(join(folder, "tables")).filter((name) => name.startsWith("patterns.outcomes"));
    const path = join(folder, "tables", table);
    const bytes = readFileSync(path);
    const changed = Buffer.from(bytes);
    changed[bytes.length >> 1] = (changed[bytes.length >> 1] ?? 0) ^ 1;
    writeFileSync(path, changed);
    const refused = atProgramme("run", PIPELINE);
    rmSync(path);
    const missing = atProgramme("run", PIPELINE);
    writeFileSync(path, bytes);
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining(`tables/${table}: was changed after it was made`),
    ]);
    expect([missing.status, missing.stderr]).toEqual([1, expect.stringContaining(`tables/${table}: missing`)]);
  });

  it("is refused beside the register, outside the project and where there is none", () => {
    const at = (...changes: Parameters<typeof edit>[1][]) => {
      const before = readFileSync(join(programme, PIPELINE), "utf8");
      edit(programme, ...changes);
      const { status, stderr } = atProgramme("run", PIPELINE);
      writeFileSync(join(programme, PIPELINE), before);
      return [status, stderr];
    };
    expect(at(["duos]", "duos, actiris-register-2018]"])).toEqual([
      1,
      expect.stringContaining("is among the sources too; keep one of them"),
    ]);
    expect(at(["patterns/actiris", "../elsewhere"])).toEqual([1, expect.stringContaining("leaves the project folder")]);
    expect(at(["patterns/actiris", "pipelines"])).toEqual([
      1,
      expect.stringContaining("manifest.json' matches no file"),
    ]);
    symlinkSync(join(service, "out/sib-evaluation/restricted/2016.1/evaluator/patterns"), join(programme, "linked"));
    expect(at(["patterns/actiris", "linked"])).toEqual([1, expect.stringContaining("leads out of the project folder")]);
  });

  it("leaves a folder alone that holds something else", () => {
    const refused = atService("patterns", PIPELINE, "--out", "pipelines");
    expect([refused.status, refused.stderr]).toEqual([
      1,
      expect.stringContaining("holds something else than patterns"),
    ]);
    expect(readdirSync(join(service, "pipelines"))).toContain("sib-evaluation.yaml");
  });
});
