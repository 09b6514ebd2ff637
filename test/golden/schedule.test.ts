import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { cli } from "../support/cli.ts";
import { bareProject } from "../support/bare-project.ts";

const project = bareProject();
const PIPELINE = "pipelines/sib-evaluation.yaml";
const children: ChildProcess[] = [];
afterAll(() => {
  for (const child of children) child.kill("SIGKILL");
  rmSync(project, { recursive: true, force: true });
});
const duo = (...args: readonly string[]) => cli(args, { cwd: project });

/** Starts the schedule; `until` waits for a word in its log. */
function schedule(...args: readonly string[]) {
  const child = spawn(process.execPath, [join(packageRoot(), "dist/src/cli.js"), "schedule", PIPELINE, ...args], {
    cwd: project,
    stdio: ["ignore", "ignore", "pipe"],
  });
  children.push(child);
  let log = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    log += text;
  });
  return {
    child,
    log: () => log,
    async until(word: string) {
      while (!log.includes(word)) {
        if (child.exitCode !== null) throw new Error(`ended with ${child.exitCode}: ${log}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

const told = join(project, "told.json");
const hook = `import { readFileSync, writeFileSync } from "node:fs"; writeFileSync("told.json", readFileSync(0));`;

it("a missed night is made up for by one run, which is recorded, told, and listed; Ctrl-C ends the schedule with 0", async () => {
  writeFileSync(join(project, "hook.mjs"), hook);
  appendFileSync(join(project, PIPELINE), `schedule: {cron: "0 3 * * *", timezone: Europe/Brussels}\nnotify: {command: [node, hook.mjs]}\n`);
  const runs = join(project, "out", "sib-evaluation", "runs");
  mkdirSync(runs, { recursive: true });
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000).toISOString();
  const record = { pipeline: "sib-evaluation", startedAt: twoDaysAgo, endedAt: twoDaysAgo, outcome: "refused", runId: null, edition: null, problems: ["a full disk"] };
  writeFileSync(join(runs, "earlier.json"), JSON.stringify(record));
  const kept = schedule();
  await kept.until('"event":"ended"');
  await kept.until('"event":"planned"');
  const events = kept.log().trim().split("\n").map((line) => JSON.parse(line));
  expect(events[0]).toMatchObject({ event: "missed", pipeline: "sib-evaluation" });
  expect(events.map(({ step }) => step)).toContain("verify and publish");
  expect(events.at(-2)).toMatchObject({ event: "ended", exitCode: 0 });
  expect(new Date(events.at(-1).at).getTime()).toBeGreaterThan(Date.now());

  const second = duo("schedule", PIPELINE);
  expect([second.status, second.stderr]).toEqual([1, expect.stringContaining(`process ${kept.child.pid} on `)]);
  expect(second.stderr).toContain("has been keeping a schedule there");

  kept.child.kill("SIGINT");
  expect((await once(kept.child, "exit"))[0]).toBe(0);
  expect(JSON.parse(readFileSync(told, "utf8"))).toMatchObject({ outcome: "published", edition: "2016.1", manifest: { pipeline: "sib-evaluation" } });
  const listed = JSON.parse(duo("runs", "list", "sib-evaluation", "--json").stdout);
  expect(listed).toMatchObject([
    { outcome: "published", exitCode: 0, scheduledFor: events[0].for, notified: { problem: null } },
    { outcome: "refused", exitCode: 1, problems: ["a full disk"] },
  ]);
  expect(duo("runs", "list").stdout).toContain(`planned for ${events[0].for}`);
});

it("a schedule that is asked to stop while a run goes on ends it without an edition", async () => {
  rmSync(join(project, "out"), { recursive: true });
  const runs = join(project, "out", "sib-evaluation", "runs");
  mkdirSync(runs, { recursive: true });
  const long = new Date(Date.now() - 2 * 86_400_000).toISOString();
  writeFileSync(join(runs, "earlier.json"), JSON.stringify({ startedAt: long, endedAt: long, outcome: "refused", problems: [] }));
  const kept = schedule();
  await kept.until('"step":"read sources"');
  kept.child.kill("SIGTERM");
  expect((await once(kept.child, "exit"))[0]).toBe(0);
  expect(kept.log()).toContain("stopping; ");
  expect(existsSync(join(project, "out", "sib-evaluation", "latest"))).toBe(false);
  expect(JSON.parse(duo("runs", "list", "--json", "--last", "1").stdout)).toMatchObject([{ outcome: "interrupted", exitCode: 130 }]);
});

it("a schedule that can't be is refused with all that is wrong with it", () => {
  const refused = duo("schedule", PIPELINE, PIPELINE, "--cron", "every night", "--timezone", "Brussels");
  expect([refused.status, refused.stderr]).toEqual([1, expect.stringContaining("timezone 'Brussels' is not known")]);
  expect(refused.stderr).toContain("'sib-evaluation' is named twice");
  expect(duo("schedule", "pipelines/annual-report.yaml").stderr).toContain('no `schedule` in it; add one, or give --cron "0 3 * * *"');
});

it("settings that are broken when the hour comes are recorded and told too", () => {
  const file = join(project, PIPELINE);
  const text = readFileSync(file, "utf8");
  rmSync(told, { force: true });
  writeFileSync(file, text.replace("threshold: 5", "threshold: 1"));
  const refused = duo("run", PIPELINE);
  writeFileSync(file, text);
  expect(refused.status).toBe(1);
  expect(JSON.parse(readFileSync(told, "utf8"))).toMatchObject({ outcome: "refused", problems: [expect.stringContaining("the threshold is never below 4")] });
});
