import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bareProject } from "../support/bare-project.ts";
import { warmProgram } from "../support/warm-program.ts";

let project = "";
beforeEach(() => {
  project = bareProject();
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const register = (): string => {
  const folder = join(project, "data-sample", "actiris-2018");
  const file = readdirSync(folder).find((name) => name.startsWith("chercheurs"));
  return join(folder, file ?? "");
};
const program = warmProgram();
const check = () => program(["check", "pipelines/sib-evaluation.yaml"], { cwd: project });

/** The register's first data line with its columns changed. */
function appendRow(change: (cells: string[], header: readonly string[]) => string[]): number {
  const text = readFileSync(register(), "latin1");
  const lines = text.trimEnd().split(/\r?\n/);
  const header = (lines[0] ?? "").split(";");
  appendFileSync(register(), `${change((lines[1] ?? "").split(";"), header).join(";")}\r\n`, "latin1");
  return lines.length + 1;
}

describe("what is wrong with the sources is said before anything is computed", () => {
  it("a broken row is rejected with its place, and the run goes on", async () => {
    const row = appendRow((cells) => ["ACT-9999999", ...cells.slice(1).map((cell) => (/\d\d\/\d\d\/\d{4}/.test(cell) ? "31/02/1990" : cell))]);
    const run = await program(["run", "pipelines/sib-evaluation.yaml", "--out", "out", "--lang", "en"], { cwd: project });
    expect(run.status).toBe(0);
    const restricted = join(project, "out", "sib-evaluation", "restricted");
    const [edition = ""] = readdirSync(restricted);
    const rejects = readFileSync(join(restricted, edition, "rejects", "actiris-register-2018--chercheurs.csv"), "utf8");
    expect(rejects).toMatch(new RegExp(`^ACT-9999999;.*31/02/1990.*;${row};not_a_date`, "m"));
  });

  it("a missing file is refused by name", async () => {
    rmSync(register());
    const refused = await check();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/chercheurs.*matches no file/);
  });

  it("an unknown code is rejected with the codes that are known", async () => {
    const row = appendRow((cells) => ["ACT-9999998", ...cells.slice(1).map((cell) => (cell === "F" || cell === "H" ? "Q" : cell))]);
    const checked = await check();
    expect(checked.status).toBe(0);
    expect(checked.stdout).toMatch(
      new RegExp(`reject unknown_code: 1\\n.*chercheurs.csv row ${row}, \`SEXE\`: 'Q' is not a known code \\(known: F, H, X\\)`),
    );
  });

  it("an empty file is refused by name", async () => {
    writeFileSync(register(), "");
    const refused = await check();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/chercheurs.* is empty/);
  });

  it("a file with a header and no rows is refused by name", async () => {
    const [header] = readFileSync(register(), "latin1").split(/\r?\n/);
    writeFileSync(register(), `${header}\r\n`, "latin1");
    const refused = await check();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/chercheurs.* no rows/);
  });

  it("every wrong setting is listed with its line", async () => {
    const file = join(project, "pipelines", "sib-evaluation.yaml");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("definition: days90, after: 0", "definition: days91, after: 3").replace("threshold: 5", "threshold: 3"));
    const refused = await check();
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(/Refused, [3-9] problems/);
    expect(refused.stderr).toMatch(/sib-evaluation\.yaml:\d+: evaluation\.outcome\.definition/);
    expect(refused.stderr).toMatch(/never below 4/);
  });

  it("that pseudonyms have no key, where persons are real", async () => {
    const file = join(project, "pipelines", "sources", "mentees.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replace("synthetic: true\n", ""));
    const refused = await check();
    expect(refused.status).toBe(1);
    expect(refused.stdout).toContain("a run would be refused");
    expect(refused.stderr).toContain("pseudonyms need a key");
    const env = { DUO_IMPACT_KEY: "1f".repeat(32) };
    expect((await program(["check", "pipelines/sib-evaluation.yaml"], { cwd: project, env })).status).toBe(0);
  });

  it("check writes nothing", async () => {
    expect((await check()).status).toBe(0);
    expect(existsSync(join(project, "out"))).toBe(false);
  });
});
