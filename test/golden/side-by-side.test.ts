import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { runOptions } from "../../src/commands/run-options.ts";
import { runSideBySide } from "../../src/commands/side-by-side.ts";
import { builtScript } from "../../src/package-root.ts";
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

it("Ctrl-C ends start as a whole: no pipeline that waits is begun, nothing is published, and that is said of each", async () => {
  const out = join(project, "interrupted");
  const cli = builtScript("src/cli.ts");
  // a group of its own, as a terminal has: Ctrl-C reaches every process of it
  const child = spawn(process.execPath, [cli, "start", "--out", out], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    const hadBegun = said.includes("read sources");
    said += text;
    if (!hadBegun && said.includes("read sources")) process.kill(-(child.pid ?? 0), "SIGINT");
  });
  const [code] = await once(child, "close");
  expect([code, said]).toEqual([130, expect.stringContaining("stopping; Ctrl-C again stops at once")]);
  const ways = /interrupted; nothing was published|interrupted before it began|ended from outside \(SIGINT\)/g;
  expect([said.match(ways)?.length, said]).toEqual([3, said]);
  const editions = (existsSync(out) ? readdirSync(out, { recursive: true, encoding: "utf8" }) : []).filter((path) =>
    path.endsWith("manifest.json"),
  );
  expect(editions).toEqual([]);
});
