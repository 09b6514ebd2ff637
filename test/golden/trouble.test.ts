import { cpSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { cli, filesUnder } from "../support/cli.ts";
import { faultRunner } from "../support/faults/fault-runner.ts";
import { bareProject } from "../support/bare-project.ts";

const project = bareProject();
const [one, other] = [faultRunner(), faultRunner()];
afterAll(() => {
  for (const runner of [one, other]) runner.end();
  rmSync(project, { recursive: true, force: true });
});

const file = join(project, "pipelines", "sib-evaluation.yaml");
const cache = join(project, "cache");
const asked = (name: string) => ({ file, cache, out: join(project, name) });
const of = (name: string, ...path: readonly string[]): string => join(project, name, "sib-evaluation", ...path);

const published = (name: string): ReadonlyMap<string, string> =>
  new Map([...filesUnder(of(name))].filter(([path]) => !path.startsWith("runs/")).map(([path, bytes]) => [path, bytes.toString("base64")]));
function lastRecord(name: string): unknown {
  const last = readdirSync(of(name, "runs")).sort().at(-1) ?? "";
  return JSON.parse(readFileSync(of(name, "runs", last), "utf8"));
}
async function changed<T>(path: string, change: (text: string) => string, fn: () => Promise<T>): Promise<T> {
  const text = readFileSync(path, "latin1");
  expect(change(text)).not.toBe(text);
  writeFileSync(path, change(text), "latin1");
  try {
    return await fn();
  } finally {
    writeFileSync(path, text, "latin1");
  }
}

it("two processes that fill one cache at the same time publish the same bytes, and the next run finds all of it", async () => {
  const ended = await Promise.all([one.run(asked("a")), other.run(asked("b"))]);
  expect(ended.map(({ exitCode, stderr }) => [exitCode, exitCode === 0 ? "" : stderr])).toEqual([[0, ""], [0, ""]]);
  expect(published("a")).toEqual(published("b"));
  const { stderr } = await one.run(asked("c"));
  expect(stderr.split("\n").filter((line) => line.startsWith("  ✓"))).toEqual([expect.stringContaining("verify and publish")]);
  expect(published("c")).toEqual(published("a"));
});

it("O5 of two runs at once, one is told which process is publishing there, and both leave a record", async () => {
  const first = one.run({ ...asked("a"), force: true });
  while (!existsSync(of("a", ".lock", "owner.json"))) await setTimeout(5);
  process.kill(one.pid(), "SIGSTOP");
  const second = await other.run(asked("a"));
  process.kill(one.pid(), "SIGCONT");
  expect(second.exitCode).toBe(1);
  expect(second.stderr).toContain(`process ${one.pid()} on `);
  expect(second.stderr).toContain("has been publishing there since");
  expect(lastRecord("a")).toMatchObject({ outcome: "refused", exitCode: 1, problems: [expect.stringContaining(`process ${one.pid()}`)] });
  expect((await first).exitCode).toBe(0);
  expect(published("a")).toEqual(published("b"));
});

it("a clock that was set back a year changes no byte, and the newest edition stays the latest", async () => {
  const aYear = -366 * 86_400_000;
  expect(await one.run({ ...asked("back"), clock: aYear })).toMatchObject({ exitCode: 0 });
  expect(published("back")).toEqual(published("a"));
  cpSync(of("a"), of("later"), { recursive: true, verbatimSymlinks: true });
  await changed(file, (text) => text.replace("threshold: 5", "threshold: 6"), async () => {
    expect(await one.run({ ...asked("later"), clock: aYear })).toMatchObject({ exitCode: 0 });
  });
  expect(readlinkSync(of("later", "latest"))).toBe("2016.2");
});

it("a read-only folder is told as such, and nothing is left there", async () => {
  const ended = await one.run({ ...asked("read-only"), fault: { kind: "read-only", at: 1 } });
  expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining("the folder can't be made, since the disk is read-only; name another folder (EROFS)")]);
  expect(existsSync(join(project, "read-only"))).toBe(false);
});

it("a cache folder that can't be written to is told, step by step, and the run publishes all the same", async () => {
  const full = join(project, "full");
  const ended = await one.run({ ...asked("unkept"), cache: full, root: full, fault: { kind: "full", at: 1 } });
  expect([ended.exitCode, published("unkept")]).toEqual([0, published("a")]);
  expect(ended.stderr).toContain("! read sources: it can't be kept for the next run: ENOSPC");
});

it("a memory limit that is too small for the engine is named with its remedy by run and by check, and the run is recorded as failed", async () => {
  await changed(file, (text) => `${text}engine: {kind: duckdb, memoryLimit: 8MB}\n`, async () => {
    const ended = await one.run({ ...asked("memory"), force: true });
    expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringContaining("raise engine.memoryLimit")]);
    const check = cli(["check", file], { cwd: project });
    expect([check.status, check.stderr]).toEqual([1, expect.stringContaining("raise engine.memoryLimit")]);
  });
  expect(lastRecord("memory")).toMatchObject({ outcome: "failed", exitCode: 1, edition: null });
  expect(existsSync(of("memory", "latest"))).toBe(false);
});

it("O6 nobody matched is a failure with its verdict in the record, and nothing is published", async () => {
  const fewer = (text: string): string => text.split("\n").slice(0, 2).join("\n");
  const register = join(project, "data-sample", "actiris-2018", "chercheurs.csv");
  await changed(register, fewer, async () => {
    const loose = (text: string) => text.replace(/^ingest:.*$/m, "").concat("ingest: {maxRejectedShare: 1}\n");
    await changed(file, loose, async () => {
      expect(await one.run(asked("nobody"))).toMatchObject({ exitCode: 1 });
    });
  });
  expect(lastRecord("nobody")).toMatchObject({
    outcome: "refused",
    problems: [expect.stringMatching(/verdict matchedShare failed: nobody was matched, at least 90 % must be; .*\(of [\d,]+ duos, .*unlinked: \d+/), expect.anything()],
  });
  expect(existsSync(of("nobody", "latest"))).toBe(false);
});

it("O6 settings under which no verdict would be computed are a failure", async () => {
  await changed(file, (text) => text.replace("pooled: true", "pooled: false"), async () => {
    const ended = await one.run(asked("unchecked"));
    expect([ended.exitCode, ended.stderr]).toEqual([1, expect.stringMatching(/:\d+: evaluation\.effect\.pooled: checks are made of all/)]);
  });
});
