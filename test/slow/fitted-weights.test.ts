import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { cli } from "../support/cli.ts";
import { tinyProject } from "../support/tiny-project.ts";

const PIPELINE = "pipelines/sib-evaluation.yaml";
let project = "";
beforeAll(() => {
  project = tinyProject();
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

it.each(["odds", "entropy"])(
  "a pipeline that weighs by %s publishes, and a second run leaves it as it is",
  (method) => {
    const file = join(project, PIPELINE);
    const text = readFileSync(file, "utf8");
    const matching = `  matching: {method: ${method}, covariates: [age_band, gender, qualification]}\n`;
    writeFileSync(file, text.replace(/^ {2}matching:[\s\S]*?(?=^ {2}\S)/m, matching));
    const run = () => cli(["run", PIPELINE, "--out", `out-${method}`, "--cache", "cache"], { cwd: project });
    const [first, second] = [run(), run()];
    writeFileSync(file, text);
    expect([first.status, first.status === 0 ? "" : first.stderr]).toEqual([0, ""]);
    expect(first.stderr).toContain("edition 2016.1, unsigned");
    expect([second.status, second.stderr]).toEqual([0, expect.stringContaining("stands, nothing has changed")]);
  },
);
