import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Table, tableFromArrays } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answers } from "../../src/engine/crossing.ts";
import { readPack as readPatterns } from "../../src/exchange/pack.ts";
import { type Recomputed, recomputed } from "../../src/exchange/recompute.ts";
import { UserError } from "../../src/user-error.ts";
import { comparedImpact } from "../../src/verify/impact.ts";
import { type Pack, readPack } from "../../src/verify/pack.ts";
import { verify } from "../../src/verify/verify.ts";
import { cli, filesUnder, temporaryFolder } from "../support/cli.ts";
import { sampleEdition } from "../support/sample-edition.ts";

/* The evaluator's pack of the whole sample, in a folder of its own: no source, no register, no cache is near. */
let elsewhere = "";
let pack: Pack;
let found: Recomputed;
const edition = (): string => join(sampleEdition().out, "sib-evaluation", "2016.1");
beforeAll(async () => {
  elsewhere = temporaryFolder("evaluator");
  cpSync(join(sampleEdition().out, "sib-evaluation/restricted/2016.1/evaluator"), join(elsewhere, "evaluator"), {
    recursive: true,
  });
  pack = readPack(join(elsewhere, "evaluator"));
  found = await recomputed(readPatterns(join(elsewhere, "evaluator", "patterns")));
});
afterAll(() => rmSync(elsewhere, { recursive: true, force: true }));

const FIELDS = ["value", "lower", "upper", "n"] as const;
const MANIFEST = "manifest.json";

/** The number with its fifth significant digit changed. */
function mistyped(value: number): number {
  const [digits = "", exponent = "0"] = value.toExponential(15).split("e");
  const at = digits.startsWith("-") ? 6 : 5;
  return Number(`${digits.slice(0, at)}${(Number(digits[at]) + 1) % 10}${digits.slice(at + 1)}e${exponent}`);
}

describe("verify with the evaluator's pack", () => {
  it("computes every published number of the sample's evaluation anew on another machine and says equal", () => {
    const told = cli(["verify", elsewhere, "--edition", edition(), "--json"], { cwd: elsewhere });
    expect(told.stderr).toBe("");
    const { isEqual, checks } = JSON.parse(told.stdout);
    expect([told.status, isEqual]).toEqual([0, true]);
    const impact = checks.find(({ check }: { check: string }) => check === "impact");
    const shown = pack.rows.flatMap((row) => FIELDS.filter((field) => row[field] !== null));
    expect(impact).toMatchObject({ compared: shown.length, unequal: [] });
    expect(impact.note).not.toContain("to nine digits");
    expect(shown.length).toBeGreaterThan(1400);
  });

  it("names each number of the evaluation of which one digit was changed, whichever it is", () => {
    const missed = pack.rows.flatMap((row) =>
      FIELDS.filter((field) => {
        const value = row[field];
        if (value === null) return false;
        const changed = { ...row, [field]: Number.isInteger(value) ? value + 1 : mistyped(value) };
        const rows = pack.rows.map((own) => (own === row ? changed : own));
        const { unequal } = comparedImpact({ ...pack, rows }, found.findings);
        return unequal.length !== 1 || unequal[0]?.line !== row.line || !unequal[0].what.includes(row.metric);
      }),
    );
    expect(missed).toEqual([]);
  });

  it("names a number that is missing and one that the tables don't give", () => {
    const [first, ...rest] = pack.rows;
    if (first === undefined) throw new Error("no rows");
    expect(comparedImpact({ ...pack, rows: rest }, found.findings).unequal).toMatchObject([
      {
        what: `lacks ${first.metric}, ${first.period}, ${first.dimension} ${first.level}, ${first.arm}, ${first.definition}`,
      },
    ]);
    const other = { ...first, level: "invented" };
    expect(comparedImpact({ ...pack, rows: [...pack.rows, other] }, found.findings).unequal).toMatchObject([
      { what: expect.stringContaining("the tables give no such number") },
    ]);
  });

  it("finds numbers unequal where one count of a table was changed and every hash made anew", async () => {
    const patterns = readPatterns(join(elsewhere, "evaluator", "patterns"));
    let changed = 0;
    const answers: Answers = async (kind, table, key) => {
      const content = await patterns.answers(kind, table, key);
      if (table !== "patterns.outcomes" || !(content instanceof Table) || changed > 0) return content;
      changed += 1;
      const columns = Object.fromEntries(
        content.schema.fields.map(({ name }) => [name, content.getChild(name)?.toArray().slice()]),
      );
      const placed = columns.sum as Int8Array;
      placed[placed.findIndex((sum) => sum > 0)] = 0;
      return tableFromArrays({ ...columns, outcome: [...(content.getChild("outcome") ?? [])].map(String) });
    };
    const forged = await recomputed({ ...patterns, answers });
    const { unequal } = comparedImpact(pack, forged.findings);
    expect(changed).toBe(1);
    expect(unequal.map(({ what }) => what).join("\n")).toMatch(
      /placement_rate, brussels, 2014-2016, .*: value 0\.\d+, from the tables 0\.\d+/,
    );
  });

  it("refuses a pack of which one digit was changed in any file, naming it", async () => {
    const folder = join(elsewhere, "evaluator");
    const without = (await import("../../src/verify/checks.ts")).CHECKS.filter(({ name }) => name !== "impact");
    const files = [...filesUnder(folder)].filter(([file]) => !file.includes("/tables/"));
    const unnoticed: string[] = [];
    // a digit of a key (`sha256`) leaves no manifest
    const isEqual = async (): Promise<boolean> => {
      try {
        return (await verify(readPack(folder), {}, without)).isEqual;
      } catch (error) {
        if (error instanceof UserError) return false;
        throw error;
      }
    };
    for (const [file, bytes] of files) {
      const at = bytes.findIndex((byte, i) => i > bytes.length / 2 && byte >= 0x30 && byte < 0x39);
      const changed = Buffer.from(bytes);
      changed[at] = (bytes[at] ?? 0) + 1;
      writeFileSync(join(folder, file), changed);
      if (await isEqual()) unnoticed.push(file);
      writeFileSync(join(folder, file), bytes);
    }
    expect(files.length).toBeGreaterThan(4);
    expect(unnoticed).toEqual([]);
    const table = [...filesUnder(folder).keys()].find((file) => file.includes("patterns.placebo-")) ?? "";
    const bytes = readFileSync(join(folder, table));
    writeFileSync(join(folder, table), Buffer.concat([bytes.subarray(0, -1), Buffer.of(0)]));
    const refused = cli(["verify", elsewhere, "--edition", edition()]);
    writeFileSync(join(folder, table), bytes);
    expect([refused.status, refused.stdout]).toEqual([1, expect.stringContaining(`${table}: was changed`)]);
    expect(refused.stdout).toContain("UNEQUAL  impact");
  });

  it("refuses an edition of another run, and one of which a digit was changed, by the number's name", () => {
    const other = join(elsewhere, "edition");
    cpSync(edition(), other, { recursive: true });
    const metrics = join(other, "metrics", "metrics.csv");
    const text = readFileSync(metrics, "utf8");
    const line = text.split("\r\n").findIndex((row) => row.startsWith("effect_difference,brussels,2015,total"));
    writeFileSync(
      metrics,
      text.replace(
        /(effect_difference,brussels,2015,total,total,both,0\.\d\d)(\d)/,
        (_, head, digit) => `${head}${(Number(digit) + 1) % 10}`,
      ),
    );
    const digit = cli(["verify", elsewhere, "--edition", other]);
    expect(digit.status).toBe(1);
    expect(digit.stdout).toContain(
      `metrics/metrics.csv line ${line + 1}: effect_difference, brussels, 2015, both, days90: value 0.`,
    );
    writeFileSync(metrics, text);
    const manifest = readFileSync(join(other, MANIFEST), "utf8");
    writeFileSync(join(other, MANIFEST), manifest.replace(/"runId": "\w+"/, '"runId": "another"'));
    const run = cli(["verify", elsewhere, "--edition", other]);
    expect([run.status, run.stdout]).toEqual([1, expect.stringContaining("its runId is another, the pack's")]);
    const none = cli(["verify", join(edition(), "replication"), "--edition", edition()]);
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining("is no evaluator's pack")]);
  });
});
