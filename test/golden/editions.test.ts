import { cpSync, existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bareProject } from "../support/bare-project.ts";
import { filesUnder } from "../support/cli.ts";
import { warmProgram } from "../support/warm-program.ts";

/*
 * Three editions of 2016 and one of 2015, out of one project: as it is, with a duo less, and with another threshold.
 * The tests follow each other.
 */
const PIPELINE = "pipelines/sib-evaluation.yaml";
/** In one language: a report of data quality is made with every edition. */
const RUN = ["run", PIPELINE, "--lang", "en"];
let project = "";
beforeAll(async () => {
  project = bareProject();
  expect((await duo(...RUN)).status).toBe(0);
  edit("data-sample/programme/duos.csv", (text) => text.replace(/\r?\n[^\n]*\n?$/, "\n"));
  expect((await duo(...RUN)).status).toBe(0);
  edit(PIPELINE, (text) => text.replace("threshold: 5", "threshold: 6"));
  expect((await duo(...RUN)).status).toBe(0);
  expect((await duo(...RUN, "--year", "2015")).status).toBe(0);
}, 240_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

const program = warmProgram();
const duo = (...args: readonly string[]) => program(args, { cwd: project });
const out = (...path: readonly string[]): string => join(project, "out", "sib-evaluation", ...path);
const edition = (name: string): string => join("out", "sib-evaluation", name);

function edit(file: string, change: (text: string) => string): void {
  const text = readFileSync(join(project, file), "utf8");
  const changed = change(text);
  expect(changed).not.toBe(text);
  writeFileSync(join(project, file), changed);
}

describe("editions list", () => {
  it("tells each edition with its run, its day, who signed it and which is the latest", async () => {
    const found = JSON.parse((await duo("editions", "list", "--json")).stdout);
    expect(found.map(({ edition: name }: { edition: string }) => name)).toEqual(["2015.1", "2016.1", "2016.2", "2016.3"]);
    expect(found[3]).toMatchObject({ pipeline: "sib-evaluation", isLatest: true, signedBy: null, damaged: [] });
    expect(found[1].runId).toBe(JSON.parse(readFileSync(out("2016.1", "manifest.json"), "utf8")).runId);
    expect(found[1].publishedAt).toMatch(/^20\d\d-/);
    const text = (await duo("editions", "list", PIPELINE)).stdout;
    expect(text).toContain("2016.3");
    expect(text).toContain("latest");
  });

  it("tells a damaged one with the file", async () => {
    const file = out("2016.2", "metrics", "metrics.json");
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("brussels", "brussel"));
    expect((await duo("editions", "list")).stdout).toContain("damaged: metrics/metrics.json");
    writeFileSync(file, text);
    expect((await duo("editions", "list")).stdout).not.toContain("damaged");
  });
});

describe("editions diff", () => {
  const diff = async (...args: readonly string[]) =>
    JSON.parse((await duo("editions", "diff", ...args, "--json")).stdout);

  it("names figures that changed, and the file that was changed", async () => {
    const { counts, changes, reasons } = await diff(edition("2016.1"), edition("2016.2"));
    expect(counts.changed).toBeGreaterThan(50);
    expect(reasons).toMatchObject({ protocol: [], version: null });
    expect(reasons.data).toHaveLength(1);
    expect(reasons.data[0]).toMatchObject({ table: "duos", after: { file: "data-sample/programme/duos.csv" } });
    const rate = changes.find(
      ({ after }: { after: { metric: string; period: string; dimension: string; arm: string } | null }) =>
        after?.metric === "placement_rate" && after.dimension === "total" && after.arm === "participants",
    );
    expect(rate.before.n - rate.after.n).toBe(1);
    const text = (await duo("editions", "diff", edition("2016.1"), edition("2016.2"))).stdout;
    expect(text).toMatch(/data: data-sample\/programme\/duos.csv \(duos\) was changed, \d+ rows accepted -> \d+/);
    expect(text).toMatch(/changed +placement_rate, brussels, 201\d, participants, days90: 0\.\d+ \[.*\] of \d+ -> 0\.\d+/);
  });

  it("names the setting that was changed, and figures that are hidden by it", async () => {
    const { counts, reasons } = await diff(edition("2016.2"), edition("2016.3"));
    expect(reasons.protocol).toEqual([{ setting: "disclosure.threshold", before: "5", after: "6" }]);
    expect(reasons.data).toEqual([]);
    expect(counts.hidden + counts.changed + counts.vanished + counts.appeared + counts.shown).toBeGreaterThan(0);
  });

  it("says that nothing differs where nothing does, and refuses what can't be compared", async () => {
    const same = await duo("editions", "diff", edition("2016.1"), edition("2016.1"));
    expect(same.stdout).toContain("0 changed, 0 appeared, 0 vanished");
    expect(same.stdout).toContain("inputs, protocol and version are the same");
    expect((await duo("editions", "diff", edition("2016.1"), join(edition("2016.1"), "replication"))).stderr).toContain("is a pack");
    expect((await duo("editions", "diff", edition("2016.1"), "nowhere")).status).toBe(1);
  });
});

describe("editions purge", () => {
  it("says what would go and removes nothing, where it is asked to say", async () => {
    const before = [...filesUnder(out()).keys()];
    const said = await duo("editions", "purge", PIPELINE, "--keep", "1", "--dry-run");
    expect(said.stdout).toMatch(/would remove 2016\.1 .*\nwould remove 2016\.2 /);
    expect([...filesUnder(out()).keys()]).toEqual(before);
  });

  it("never removes the latest, nor an edition that one which stays declares as earlier", async () => {
    const manifest = out("2016.3", "manifest.json");
    const text = readFileSync(manifest, "utf8");
    writeFileSync(manifest, text.replace('"earlierEditions": []', '"earlierEditions": ["2016.2"]'));
    const said = (await duo("editions", "purge", "sib-evaluation", "--before", "2999-01-01", "--dry-run")).stdout;
    writeFileSync(manifest, text);
    expect(said).toContain("keeps 2016.3: it is the latest");
    expect(said).toContain("keeps 2016.2: 2016.3 declares it as an earlier edition");
    expect(said).toContain("would remove 2016.1");
  });

  it("removes an edition with its restricted files, and keeps a record of what it was outside of it", async () => {
    cpSync(out("2016.1"), join(project, "copy"), { recursive: true });
    const others = (): readonly string[] =>
      [...filesUnder(out())].flatMap(([path, bytes]) =>
        /^(restricted\/)?(2016\.3|2015\.1)\//.test(path) ? [`${path} ${bytes.toString("base64")}`] : [],
      );
    const before = others();
    const purged = await duo("editions", "purge", "sib-evaluation", "--keep", "1");
    expect(purged.stdout).toMatch(/removed 2016\.1 \(run [0-9a-f]{12}, \d+ files, \d+ bytes, \d+ restricted files\)/);
    expect(["2016.1", "2016.2", "restricted/2016.1", "restricted/2016.2"].filter((one) => existsSync(out(one)))).toEqual([]);
    expect(others()).toEqual(before);
    expect(readlinkSync(out("latest"))).toBe("2016.3");
    const [file = ""] = readdirSync(out("purges"));
    const record = JSON.parse(readFileSync(out("purges", file), "utf8"));
    expect(record).toMatchObject({ pipeline: "sib-evaluation", rule: "--keep 1" });
    const { runId } = JSON.parse(readFileSync(join(project, "copy", "manifest.json"), "utf8"));
    expect(record.editions[0]).toMatchObject({ edition: "2016.1", runId, restrictedFiles: expect.any(Number) });
    expect(readdirSync(out()).filter((name) => name.startsWith(".staging"))).toEqual([]);
    expect((await duo("editions", "purge", "sib-evaluation", "--keep", "1")).stdout).toBe("nothing to remove\n");
  });

  it("never gives a name twice", async () => {
    rmSync(out("2016.3"), { recursive: true });
    expect((await duo(...RUN, "--quiet")).status).toBe(0);
    expect(readdirSync(out()).filter((name) => name.startsWith("2016."))).toEqual(["2016.3"]);
  });

  it("refuses a rule that says nothing or what can't be", async () => {
    expect((await duo("editions", "purge", "sib-evaluation")).stderr).toContain("say which");
    const wrong = await duo("editions", "purge", "sib-evaluation", "--keep", "0", "--before", "2024-02-31");
    expect([wrong.status, wrong.stderr]).toEqual([1, expect.stringMatching(/--keep: '0'[\s\S]*--before: '2024-02-31'/)]);
    expect((await duo("editions", "purge", "no-such", "--keep", "1")).stderr).toContain("does not exist");
  });
});
