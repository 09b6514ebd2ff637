import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runOptions } from "../../src/commands/run-options.ts";
import { runSideBySide } from "../../src/commands/side-by-side.ts";
import { bareProject } from "../support/bare-project.ts";

const project = bareProject();
afterAll(() => rmSync(project, { recursive: true, force: true }));

it("a pipeline that is refused says so in its place, the others publish, and its process takes the next", async () => {
  const files = ["missing", "sib-evaluation", "gone"].map((name) => join(project, "pipelines", `${name}.yaml`));
  const out: string[] = [];
  const { published, exitCode } = await runSideBySide(files, runOptions({ out: join(project, "out"), lang: "en" }), (text) =>
    out.push(text),
  );
  expect(exitCode).toBe(1);
  expect(published.map(({ edition }) => edition)).toEqual(["2016.1"]);
  expect(out.join("")).toMatch(
    /^Refused: .*missing\.yaml: no such file.*\nEvaluation of the social impact bond[^]*edition 2016\.1.*\nRefused: .*gone\.yaml: no such file.*\n$/,
  );
});
