import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { foundRuns, runsJson, runsText } from "../../src/commands/list-runs.ts";
import { recorded } from "../../src/commands/recorded.ts";
import type { Published } from "../../src/pipeline.ts";
import type { Notify } from "../../src/protocol/schedule.ts";
import { type RunRecord, readRuns, recordRun } from "../../src/publish/runs.ts";
import { UserError } from "../../src/user-error.ts";

let project = "";
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "duo-impact-runs-"));
  mkdirSync(join(project, "out", "p", "2016.1"), { recursive: true });
  writeFileSync(join(project, "out", "p", "2016.1", "manifest.json"), '{"runId":"abc"}');
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const out = (): string => join(project, "out");
const PUBLISHED: Published = { title: "", edition: "2016.1", runId: "abc", isNew: true, summary: "", open: [] };
const run = (notify?: Partial<Notify>, fn = async () => PUBLISHED): Promise<Published> => {
  const told = { out: join(out(), "p"), pipeline: "p", file: join(project, "pipelines", "p.yaml") };
  const complete = notify && {
    on: ["success" as const, "failure" as const],
    timeout: 20,
    command: ["true"],
    ...notify,
  };
  return recorded({ ...told, notify: complete }, fn);
};
const refused = async (): Promise<Published> => {
  throw new UserError(["duos.csv row 2, `start_date`: 'x' is not a date", "and more"]);
};
const last = (): unknown => {
  const [found] = readRuns(join(out(), "p"));
  return found;
};
/** A program of its own that the settings name. */
function program(text: string): readonly string[] {
  const file = join(project, "hook.mjs");
  writeFileSync(file, text);
  return [process.execPath, file];
}

describe("a command that is told how a run ended", () => {
  it("has the record, the folder and the manifest on its input, is started in the project folder, and gets no key", async () => {
    process.env.DUO_IMPACT_KEY = "secret";
    const text = `import { readFileSync, writeFileSync } from "node:fs";
      writeFileSync("told.json", JSON.stringify({ ...JSON.parse(readFileSync(0, "utf8")), key: process.env.DUO_IMPACT_KEY ?? null, outcome2: process.env.DUO_IMPACT_OUTCOME }));`;
    await run({ command: [...program(text)] });
    delete process.env.DUO_IMPACT_KEY;
    expect(JSON.parse(readFileSync(join(project, "told.json"), "utf8"))).toMatchObject({
      outcome: "published",
      exitCode: 0,
      edition: "2016.1",
      folder: join(out(), "p", "2016.1"),
      manifest: { runId: "abc" },
      key: null,
      outcome2: "published",
    });
    expect(last()).toMatchObject({ record: { outcome: "published", notified: { exitCode: 0, problem: null } } });
  });

  it("that fails, hangs, isn't there or doesn't read changes nothing in how the run ended, and is recorded", async () => {
    expect(await run({ command: [...program("process.exit(3)")] })).toBe(PUBLISHED);
    expect(last()).toMatchObject({ record: { exitCode: 0, notified: { exitCode: 3, problem: "it ended with 3" } } });
    const sleeping = `import { spawn } from "node:child_process"; spawn("sleep", ["600"], { stdio: "inherit" }); setInterval(() => {}, 1000);`;
    expect(await run({ command: [...program(sleeping)], timeout: 1 })).toBe(PUBLISHED);
    expect(last()).toMatchObject({ record: { outcome: "published", notified: { problem: "it was ended after 1 s" } } });
    expect(await run({ command: [join(project, "missing")] })).toBe(PUBLISHED);
    expect(last()).toMatchObject({
      record: { notified: { exitCode: null, problem: expect.stringContaining("ENOENT") } },
    });
    await expect(run({ command: ["false"] }, refused)).rejects.toThrow("is not a date");
    expect(last()).toMatchObject({
      record: { outcome: "refused", exitCode: 1, notified: { problem: "it ended with 1" } },
    });
  });

  it("is told what it asked for only", async () => {
    const command = [...program('import { writeFileSync } from "node:fs"; writeFileSync("told.json", "");')];
    await run({ command, on: ["failure"] });
    expect(existsSync(join(project, "told.json"))).toBe(false);
    await run({ command, on: ["failure"] }, refused).catch(() => undefined);
    expect(existsSync(join(project, "told.json"))).toBe(true);
  });
});

describe("runs list", () => {
  it("tells the newest first: when, how it ended, exit code, seconds, edition, run id and why; without what a cell holds", async () => {
    await run();
    await run(undefined, refused).catch(() => undefined);
    const found = foundRuns({ out: out(), last: 20 });
    const lines = runsText(found).split("\n");
    expect(lines[0]).toMatch(/^began \(UTC\) +pipeline +outcome +exit +seconds +edition +run id$/);
    expect(lines[1]).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d {2}p +refused +1 +0\.\d$/);
    expect(lines.slice(2, 4)).toEqual(["    duos.csv row 2, `start_date`: '…' is not a date", "    and more"]);
    expect(lines[4]).toMatch(/published +0 +0\.\d +2016\.1 +abc$/);
    expect(JSON.parse(runsJson(found))).toMatchObject([
      { outcome: "refused", exitCode: 1, edition: null, problems: [expect.stringContaining("'…'"), "and more"] },
      { outcome: "published", exitCode: 0, edition: "2016.1", runId: "abc", file: expect.stringContaining("runs") },
    ]);
    expect(foundRuns({ out: out(), pipeline: "pipelines/p.yaml", last: 1 })).toHaveLength(1);
  });

  it("passes over what lies among the folders of pipelines and is none", async () => {
    await run();
    writeFileSync(join(out(), "report.json"), "{}");
    mkdirSync(join(out(), "other"));
    expect(foundRuns({ out: out(), last: 20 })).toHaveLength(1);
  });

  it("names a damaged record, reads those of earlier versions, and refuses a pipeline that has none", async () => {
    const runs = join(out(), "p", "runs");
    mkdirSync(runs, { recursive: true });
    writeFileSync(join(runs, "2026-01-02T03-00-00-000Z.json"), '{"startedAt"');
    const old = { pipeline: "p", startedAt: "2026-01-01T03:00:00.000Z", endedAt: "2026-01-01T03:00:02.500Z" };
    const rest = { outcome: "published", runId: "r", edition: "2016.1", problems: [] };
    writeFileSync(join(runs, "2026-01-01T03-00-00-000Z.json"), JSON.stringify({ ...old, ...rest }));
    const text = runsText(foundRuns({ out: out(), last: 20 }));
    expect(text).toContain("2026-01-02T03-00-00-000Z.json: not a record of a run");
    expect(text).toMatch(/published +0 +2\.5 +2016\.1 +r\n/);
    expect(text.indexOf("2026-01-02")).toBeLessThan(text.indexOf("2026-01-01"));
    expect(() => foundRuns({ out: out(), pipeline: "q", last: 1 })).toThrow(
      "no runs are recorded there (there are of p)",
    );
    expect(runsText(foundRuns({ out: join(project, "none"), last: 1 }))).toBe("no run is recorded yet\n");
  });

  it("keeps two runs that began in the same moment", async () => {
    const first = await Promise.all([run(), run(), run()]);
    expect(first).toHaveLength(3);
    expect(readRuns(join(out(), "p"))).toHaveLength(3);
  });

  it("lists runs that began in the same moment by the order in which they ended, the last one first", async () => {
    await run();
    const { record } = last() as { record: RunRecord };
    const folder = join(out(), "one-moment");
    for (let turn = 1; turn <= 11; turn++) recordRun(folder, { ...record, runId: String(turn) });
    const turns = readRuns(folder).map((found) => ("record" in found ? found.record.runId : found.problem));
    expect(turns).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1].map(String));
  });

  it("a record that can't be written doesn't change how the run ended", async () => {
    writeFileSync(join(out(), "p", "runs"), "a file in its place");
    chmodSync(join(out(), "p", "runs"), 0o444);
    expect(await run()).toBe(PUBLISHED);
  });
});
