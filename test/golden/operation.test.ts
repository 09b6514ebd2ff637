import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bareProject } from "../support/bare-project.ts";
import { cli, filesUnder } from "../support/cli.ts";
import { warmProgram } from "../support/warm-program.ts";

/*
 * Checklist O, by number. The tests share one project and follow each other: each starts from what the one before left.
 */
const PIPELINE = "pipelines/sib-evaluation.yaml";
let project = "";
beforeAll(() => {
  project = bareProject();
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

const program = warmProgram();
// one language: a report of data quality is made with every edition
const duo = (...args: readonly string[]) => program([...args, "--lang", "en"], { cwd: project });
const out = (...path: readonly string[]): string => join(project, "out", "sib-evaluation", ...path);

interface Line {
  readonly step: string;
  readonly isUnchanged?: boolean;
  readonly level: string;
  readonly time: string;
  readonly message?: string;
}
const linesOf = (stderr: string): readonly Line[] => stderr.trim().split("\n").map((line) => JSON.parse(line));
const computed = (stderr: string): readonly string[] =>
  linesOf(stderr)
    .filter(({ level, isUnchanged }) => level === "info" && !isUnchanged)
    .map(({ step }) => step);

interface Planned {
  readonly inputs: readonly { readonly file: string; readonly sha256: string; readonly lines: number }[];
  readonly steps: readonly { readonly step: string; readonly state: string; readonly reason: string }[];
  readonly outputs: readonly string[];
}
const planned = async (...args: readonly string[]): Promise<Planned> =>
  JSON.parse((await duo("plan", PIPELINE, "--json", ...args)).stdout);
const willRun = ({ steps }: Planned): readonly string[] =>
  steps.filter(({ state }) => state === "computed").map(({ step }) => step);

/** A planned output's name, `reports/*-{en,fr}.html`, as the names that it stands for. */
const asPattern = (output: string): RegExp =>
  new RegExp(
    `^${output
      .replaceAll(".", "\\.")
      .replaceAll("*", "[^/]*")
      .replaceAll(/\{(.*?)\}/g, (_, names: string) => `(${names.replaceAll(",", "|")})`)}$`,
  );

/** All that is published or restricted; records of runs and the cache have times and places of their own. */
const published = (folder = out()): Readonly<Record<string, string>> =>
  Object.fromEntries(
    [...filesUnder(folder)]
      .filter(([path]) => !path.startsWith("runs/"))
      .map(([path, bytes]) => [path, createHash("sha256").update(bytes).digest("hex")]),
  );
const lastRecord = (): { outcome: string; problems: readonly string[]; runId: string | null } => {
  const [last = ""] = readdirSync(out("runs")).sort().reverse();
  return JSON.parse(readFileSync(out("runs", last), "utf8"));
};

describe("operation", () => {
  it("O1 plan writes nothing and says inputs, steps and why; run then does just that", async () => {
    const before = [...filesUnder(project).keys()];
    const plan = await planned();
    expect([...filesUnder(project).keys()]).toEqual(before);
    for (const { file, sha256, lines } of plan.inputs) {
      const bytes = readFileSync(join(project, file));
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
      expect(bytes.toString("latin1").split("\n").length - 1).toBe(lines);
    }
    expect(plan.inputs).toHaveLength(7);
    expect(new Set(plan.steps.map(({ reason }) => reason))).toEqual(new Set(["never computed here", "runs each time"]));
    const run = await duo("run", PIPELINE);
    expect(run.status).toBe(0);
    expect(computed(run.stderr)).toEqual(willRun(plan));
    const files = [...filesUnder(out("latest")).keys()];
    const outputs = plan.outputs.map(asPattern);
    expect(plan.outputs.filter((_, i) => !files.some((file) => outputs[i]?.test(file)))).toEqual([]);
    const made = files.filter((file) => /^(reports|metrics)\/(?!datapackage)/.test(file));
    expect(made.filter((file) => !outputs.some((output) => output.test(file)))).toEqual([]);
    expect((await duo("run", PIPELINE, "--dry-run")).stdout).toBe((await duo("plan", PIPELINE)).stdout);
  });

  it("O2 exit codes are 0, 1 and 2, and each run leaves a record", async () => {
    expect(lastRecord()).toMatchObject({ outcome: "published", problems: [] });
    const refused = cli(["run", PIPELINE, "--from", "no such step"], { cwd: project });
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining("'no such step' is not a step")]);
    expect(lastRecord()).toMatchObject({ outcome: "refused", exitCode: 1, runId: null });
    const file = join(project, PIPELINE);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("threshold: 5", "threshold: 3"));
    const settings = await duo("run", PIPELINE, "--json");
    writeFileSync(file, text);
    expect([settings.status, JSON.parse(settings.stdout)]).toMatchObject([1, { outcome: "refused", exitCode: 1, problems: [expect.stringContaining("never below 4")] }]);
    expect(linesOf(settings.stderr)).toMatchObject([{ level: "error", outcome: "refused", problems: [expect.stringContaining("never below 4")] }]);
    expect(lastRecord()).toMatchObject({ outcome: "refused", problems: JSON.parse(settings.stdout).problems });
    writeFileSync(out("broken"), "");
    const noFolder = await duo("run", PIPELINE, "--out", join("out", "sib-evaluation", "broken"));
    rmSync(out("broken"));
    expect([noFolder.status, noFolder.stderr]).toEqual([1, expect.stringContaining("a folder was expected and this is a file")]);
    const broken = 'import fs from "node:fs"; import m from "node:module"; fs.symlinkSync = () => { throw new TypeError("broken") }; m.syncBuiltinESMExports()';
    const bug = cli(["run", PIPELINE, "--out", "bug", "--cache", join("out", ".cache"), "--lang", "en"], {
      cwd: project,
      env: { NODE_OPTIONS: `--import "data:text/javascript,${encodeURIComponent(broken)}"` },
    });
    expect([bug.status, bug.stderr]).toEqual([2, expect.stringContaining("TypeError: broken")]);
    const [record = ""] = readdirSync(join(project, "bug", "sib-evaluation", "runs"));
    expect(JSON.parse(readFileSync(join(project, "bug", "sib-evaluation", "runs", record), "utf8"))).toMatchObject({
      outcome: "failed",
      exitCode: 2,
      problems: ["TypeError: broken"],
    });
  });

  it("O3 latest is a complete edition, file by file as its manifest says", () => {
    expect(readlinkSync(out("latest"))).toBe("2016.1");
    const manifest = JSON.parse(readFileSync(out("latest", "manifest.json"), "utf8"));
    for (const { file, sha256 } of manifest.outputs)
      expect(createHash("sha256").update(readFileSync(out("latest", file))).digest("hex")).toBe(sha256);
    expect(readdirSync(out()).filter((name) => name.startsWith(".staging"))).toEqual([]);
  });

  it("O5 a re-run computes nothing and changes nothing; part of it from elsewhere gives the same bytes", async () => {
    const before = published();
    const again = await duo("run", PIPELINE);
    expect(computed(again.stderr)).toEqual(["verify and publish"]);
    expect(published()).toEqual(before);
    const forced = await planned("--force");
    expect(willRun(forced)).toEqual(forced.steps.map(({ step }) => step));
    expect(await duo("run", PIPELINE, "--quiet")).toMatchObject({ status: 0, stderr: "", stdout: "" });
    const mixed = ["--out", "mixed", "--cache", join("out", ".cache"), "--from", "outcomes of the matched"];
    expect(computed((await duo("run", PIPELINE, ...mixed)).stderr)[0]).toBe("outcomes of the matched");
    expect(published(join(project, "mixed", "sib-evaluation"))).toEqual(before);
  });

  it("a changed setting runs what depends on it, and plan names the setting", async () => {
    const file = join(project, PIPELINE);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("threshold: 5", "threshold: 6"));
    const plan = await planned();
    writeFileSync(file, text);
    expect(plan.steps.find(({ step }) => step === "effects and disclosure")?.reason).toBe("settings changed: disclosure");
    expect(willRun(plan)).toEqual(["effects and disclosure", "reports", "metrics files", "search for identifiers", "verify and publish"]);
  });

  it("a setting of the match alone is matched again on tables that are made again for those who read them", async () => {
    const file = join(project, PIPELINE);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("target: 0.1,", "target: 0.2,"));
    const run = await duo("run", PIPELINE, "--out", "target", "--cache", join("out", ".cache"));
    writeFileSync(file, text);
    expect([run.status, computed(run.stderr)[0]]).toEqual([0, "match and balance"]);
  });

  it("a damaged cache is computed again, never believed", async () => {
    const cache = join(project, "out", ".cache");
    for (const name of readdirSync(cache).filter((one) => /\.(step|parquet)$/.test(one))) {
      const bytes = readFileSync(join(cache, name));
      bytes[bytes.length - 5] = (bytes[bytes.length - 5] ?? 0) ^ 1;
      writeFileSync(join(cache, name), bytes);
    }
    const run = await duo("run", PIPELINE, "--out", "healed", "--cache", join("out", ".cache"));
    expect(computed(run.stderr)).toHaveLength((await planned()).steps.length);
    const warned = linesOf(run.stderr).filter(({ level }) => level === "warn");
    expect(warned.map(({ step }) => step)).toEqual(computed(run.stderr).slice(0, -1));
    expect(new Set(warned.map(({ message }) => message))).toEqual(new Set(["what was kept of it is damaged; it is computed again"]));
    expect(published(join(project, "healed", "sib-evaluation"))).toEqual(published());
  });

  it("O7 logs are JSON lines and hold no personal data", () => {
    const { stderr, stdout } = cli(["run", PIPELINE, "--json", "--lang", "en"], { cwd: project });
    expect(JSON.parse(stdout)).toMatchObject({ pipeline: "sib-evaluation", outcome: "unchanged", exitCode: 0, edition: "2016.1", folder: join("out", "sib-evaluation", "2016.1") });
    for (const { time } of linesOf(stderr)) expect(new Date(time).toISOString()).toBe(time);
    expect(linesOf(stderr).map(({ step }) => step)).toContain("verify and publish");
    const records = readdirSync(out("runs")).map((name) => readFileSync(out("runs", name), "utf8"));
    const logs = [stderr, ...records].join("\n");
    const numbers = readFileSync(join(project, "data-sample/actiris-2018/chercheurs.csv"), "latin1")
      .split("\n")
      .slice(1)
      .flatMap((line) => line.split(";")[0] || []);
    expect(numbers.length).toBeGreaterThan(500);
    expect(numbers.filter((number) => logs.includes(number))).toEqual([]);
  });

  it("O8 a back-fill of one year touches only that year", async () => {
    const before = published();
    expect((await duo("run", PIPELINE, "--year", "2015")).status).toBe(0);
    const after = published();
    const added = Object.keys(after).filter((path) => !(path in before));
    expect(Object.fromEntries(Object.keys(before).map((path) => [path, after[path]]))).toEqual(before);
    expect(added.filter((path) => !/^(restricted\/)?2015\.1\//.test(path))).toEqual([]);
    expect(added).toContain("2015.1/manifest.json");
    expect(readlinkSync(out("latest"))).toBe("2016.1");
  });

  it("O6 input without rows is a failure with a record, and the edition that stood stands", async () => {
    const before = readFileSync(out("latest", "manifest.json"), "utf8");
    const file = join(project, "data-sample/programme/duos.csv");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, `${text.split("\n")[0]}\n`);
    const refused = await duo("run", PIPELINE);
    writeFileSync(file, text);
    expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining("no rows")]);
    expect(lastRecord()).toMatchObject({ outcome: "refused", runId: null });
    expect(readFileSync(out("latest", "manifest.json"), "utf8")).toBe(before);
    appendFileSync(file, "");
    expect(existsSync(out("2016.2"))).toBe(false);
  });
});
