import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { packageRoot } from "../../src/package-root.ts";
import { plannedAfter, timingProblem } from "../../src/schedule/plan.ts";

const FOLDER = join(packageRoot(), "pipelines", "schedule");
const text = (name: string): string => readFileSync(join(FOLDER, name), "utf8");

/** Every command line of the examples names a pipeline that is there, and a command with options that it takes. */
function checkCommands(lines: readonly string[]): void {
  const commands = lines.flatMap((line) => /npx duo-impact (.*?)(?: 2>>.*)?$/.exec(line)?.[1] ?? []);
  expect(commands.length).toBeGreaterThan(0);
  for (const command of commands) {
    const [name = "", ...given] = command.split(" ");
    for (const file of given.filter((one) => one.endsWith(".yaml")))
      expect(existsSync(join(packageRoot(), file))).toBe(true);
    const help = spawnSync(process.execPath, [
      join(packageRoot(), "dist/src/cli.js"),
      ...(name === "runs" ? [name, "list"] : [name]),
      "--help",
    ]);
    for (const option of given.filter((one) => one.startsWith("--"))) expect(help.stdout.toString()).toContain(option);
  }
}

describe("examples for schedulers", () => {
  it("crontab: every line is five fields that come, and a command that there is", () => {
    const lines = text("crontab")
      .split("\n")
      .filter((line) => /^[0-9*]/.test(line));
    expect(lines).toHaveLength(3);
    for (const line of lines) {
      const timing = { cron: line.split(" ").slice(0, 5).join(" "), timezone: "Europe/Brussels", jitter: 0, seed: "" };
      expect(timingProblem(timing)).toBeUndefined();
    }
    const monthly = { cron: "0 4 2 * *", timezone: "Europe/Brussels", jitter: 0, seed: "" };
    expect(lines.at(-1)).toMatch(/^0 4 2 \* \* /);
    expect(plannedAfter(monthly, new Date("2026-01-03T00:00:00Z"))?.for.toISOString()).toBe("2026-02-02T03:00:00.000Z");
    checkCommands(lines);
  });

  it("CI: both are YAML with a job that runs one at a time and lists what ran, whatever became of it", () => {
    const github = parse(text("github-actions.yml"));
    expect(timingProblem({ cron: github.on.schedule[0].cron, jitter: 0, seed: "" })).toBeUndefined();
    expect(github.concurrency["cancel-in-progress"]).toBe(false);
    expect(github.jobs.publish.steps.at(-1)).toMatchObject({ if: "always()" });
    checkCommands(github.jobs.publish.steps.map(({ run }: { run?: string }) => run ?? ""));
    const gitlab = parse(text("gitlab-ci.yml"));
    expect(gitlab.publish.resource_group).toBe("duo-impact");
    checkCommands([...gitlab.publish.script, ...gitlab.publish.after_script]);
  });

  const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;
  it.skipIf(!hasSystemd)("systemd: service and timer pass systemd-analyze verify, and the hour is one", () => {
    const folder = mkdtempSync(join(tmpdir(), "duo-impact-units-"));
    cpSync(FOLDER, folder, { recursive: true });
    const units = ["duo-impact.service", "duo-impact.timer"].map((name) => join(folder, name));
    const verified = spawnSync("systemd-analyze", ["verify", "--man=no", ...units], { encoding: "utf8" });
    expect([verified.status, verified.stderr.split("\n").filter((line) => line.includes("duo-impact"))]).toEqual([
      0,
      [],
    ]);
    writeFileSync(units[1] ?? "", text("duo-impact.timer").replace("03:00:00", "25:00:00"));
    const wrong = spawnSync("systemd-analyze", ["verify", "--man=no", ...units], { encoding: "utf8" });
    expect(wrong.stderr).toContain("25:00:00");
    rmSync(folder, { recursive: true });
  });

  it("systemd: the service runs pipelines and commands that there are", () => {
    checkCommands(
      text("duo-impact.service")
        .split("\n")
        .filter((line) => line.startsWith("ExecStart=")),
    );
    expect(text("duo-impact.timer")).toContain("Persistent=true");
  });
});
