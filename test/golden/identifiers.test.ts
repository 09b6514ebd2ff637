import { createHmac } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { packageRoot } from "../../src/package-root.ts";
import { temporaryFolder } from "../support/cli.ts";
import { SAMPLE_KEY as key, sampleEdition } from "../support/sample-edition.ts";
import { smallProject } from "../support/small-project.ts";
import { warmProgram } from "../support/warm-program.ts";

let project = "";
let elsewhere = "";
beforeAll(() => {
  project = smallProject();
  elsewhere = temporaryFolder("keys");
});
afterAll(() => {
  for (const folder of [project, elsewhere]) rmSync(folder, { recursive: true, force: true });
});

const program = warmProgram();
const run = (env: Readonly<Record<string, string>> = {}, ...more: readonly string[]) =>
  program(["run", join(project, "pipelines", "sib-evaluation.yaml"), "--out", join(project, "out"), "--lang", "en", ...more], { env });

function edit(file: string, from: string, to: string): void {
  const path = join(project, file);
  const text = readFileSync(path, "utf8");
  expect(text).toContain(from);
  writeFileSync(path, text.replace(from, to));
}

describe("identifiers", () => {
  test("a run of sources that aren't all synthetic needs a key, and says how to make one", async () => {
    edit("pipelines/sources/mentees.yaml", "synthetic: true\n", "");
    const { status, stderr } = await run();
    expect(status).toBe(1);
    expect(stderr).toContain("pseudonyms need a key: set DUO_IMPACT_KEY to 64 hexadecimal digits");
    writeFileSync(join(project, "key"), key);
    const inside = await run({}, "--key-file", join(project, "key"));
    expect(inside.status).toBe(1);
    expect(inside.stderr).toContain("lies inside the project");
  });

  test("one that gets into a title stops the run: the file and the kind are named, the identifier isn't", async () => {
    const [, row = ""] = readFileSync(join(project, "data-sample/programme/mentees.csv"), "utf8").split("\n");
    const mentee = row.split(",")[0] ?? "";
    expect(mentee).toMatch(/^SYN-/);
    edit("pipelines/sib-evaluation.yaml", "regionName: {en: Brussels-Capital", `regionName: {en: Brussels ${mentee}`);
    const { status, stdout, stderr } = await run({ DUO_IMPACT_KEY: key });
    expect(status).toBe(1);
    expect(stderr).toContain("reports/investor-brussels-en.html holds a mentee id of the input; nothing was published");
    expect(stderr).toContain("reports/investor-brussels-en.pdf holds a mentee id");
    expect(stderr).toContain("reports/investor-brussels-en.xlsx holds a mentee id");
    expect(stderr + stdout).not.toContain(mentee);
    const out = join(project, "out", "sib-evaluation");
    expect(existsSync(join(out, "latest"))).toBe(false);
    for (const file of readdirSync(join(out, "runs")))
      expect(readFileSync(join(out, "runs", file), "utf8")).not.toContain(mentee);
  });

  test("participants leave as pseudonyms, one row each, with what became of them", () => {
    const { out, run: published } = sampleEdition();
    expect(published.status).toBe(0);
    const text = readFileSync(join(out, "sib-evaluation/restricted/2016.1/participants.csv"), "utf8");
    const rows = text.trim().split("\r\n").map((line) => line.split(","));
    const counts = new Map<string, number>();
    for (const [, , , outcome = ""] of rows.slice(1)) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    expect([...counts].sort()).toEqual([
      ["in_work", 5],
      ["matched", 322],
      ["not_registered", 3],
      ["unlinked", 15],
      ["unmatched", 3],
    ]);
    expect(text).not.toMatch(/SYN-|ACT-/);
    const numbers = readFileSync(join(packageRoot(), "data-sample/programme/mentees.csv"), "utf8").match(/ACT-[0-9]{7}/g) ?? [];
    const expected = new Set(
      numbers.map((id) => createHmac("sha256", Buffer.from(key, "hex")).update(`11:participant:${id}`).digest("hex").slice(0, 32)),
    );
    expect(rows.filter(([name = "", domain]) => domain === "participant" && expected.has(name)).length).toBeGreaterThan(300);
  });

  test("two parties with one key replace a column by pseudonyms that join", async () => {
    const ours = join(elsewhere, "ours.csv");
    const theirs = join(elsewhere, "theirs.csv");
    writeFileSync(ours, "id,when\n P1 ,2020\n,2021\n");
    writeFileSync(theirs, "NUMÉRO;x\nP1;2\n");
    const replace = (file: string, column: string, ...more: readonly string[]) =>
      program(["pseudonyms", file, "--column", column, "--domain", "participant", "--out", `${file}.out`, ...more], {
        env: { DUO_IMPACT_KEY: key },
      });
    expect((await replace(ours, "id")).stdout).toContain("1 pseudonyms in `id` (domain participant), 1 empty cells");
    expect((await replace(theirs, "NUMÉRO")).status).toBe(0);
    const first = (file: string) => readFileSync(`${file}.out`, "utf8").split("\r\n")[1]?.split(",")[0];
    expect(first(ours)).toMatch(/^[0-9a-f]{32}$/);
    expect(first(ours)).toBe(first(theirs));
    expect((await replace(ours, "idd")).stderr).toContain("has no column 'idd'; did you mean 'id'");
    const none = await program(["pseudonyms", ours, "--column", "id", "--domain", "p", "--out", `${ours}.2`]);
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining("pseudonyms need a key")]);
  });
});
