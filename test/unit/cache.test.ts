import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tableFromArrays } from "apache-arrow";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decode, encode } from "../../src/cache/codec.ts";
import { stepCache } from "../../src/cache/step-cache.ts";
import { pruneCache, readKept, writeKept } from "../../src/cache/store.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { type Run, type StepFacts, step } from "../../src/run.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "duo-impact-cache-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("values of steps as bytes", () => {
  it("come back as they were", () => {
    const value = {
      text: "é",
      map: new Map([["a", Int32Array.of(1, -2)]]),
      list: [new Set([1]), null, undefined, Number.NaN, 2n],
      bytes: Uint8Array.of(1, 2),
    };
    expect(decode(encode(value))).toEqual(value);
  });

  it("hold Arrow tables and memory that threads share", () => {
    const shared = new Float64Array(new SharedArrayBuffer(16));
    shared.set([1.5, 2.5]);
    const back = decode(encode({ table: tableFromArrays({ a: [1, 2] }), shared })) as {
      table: { toArray(): { a: number }[] };
      shared: Float64Array;
    };
    expect(back.table.toArray().map(({ a }) => a)).toEqual([1, 2]);
    expect([...back.shared]).toEqual([1.5, 2.5]);
  });

  it("are refused where they would come back as something else", () => {
    expect(() => encode({ fn: () => 1 })).toThrow("a function can't be kept");
    expect(() => encode([new URL("file:///x")])).toThrow("an instance of URL can't be kept");
  });
});

describe("the cache folder", () => {
  const keptText = (name: string): string => {
    const kept = readKept(folder, name);
    return typeof kept === "object" ? Buffer.from(kept).toString() : String(kept);
  };

  it("gives back what was kept, and says where one bit has changed or the end is missing", () => {
    writeKept(folder, "a", Buffer.from("content"));
    expect(keptText("a")).toBe("content");
    const bytes = readFileSync(join(folder, "a"));
    for (const damaged of [Buffer.concat([bytes.subarray(0, -1), Buffer.of(1)]), bytes.subarray(0, -1), Buffer.of()]) {
      writeFileSync(join(folder, "a"), damaged);
      expect(readKept(folder, "a")).toBe("damaged");
    }
    expect(readKept(folder, "b")).toBeUndefined();
  });

  it("is for its owner's eyes only", () => {
    const inner = join(folder, "inner");
    writeKept(inner, "a", Buffer.of(1));
    expect(statSync(inner).mode & 0o077).toBe(0);
    expect(statSync(join(inner, "a")).mode & 0o077).toBe(0);
  });

  it("loses what was used the longest ago first, never what this run uses", () => {
    for (const [i, name] of ["old", "older", "new"].entries()) {
      writeKept(folder, name, Buffer.alloc(936));
      utimesSync(join(folder, name), 0, [200, 100, 300][i] ?? 0);
    }
    expect(pruneCache(folder, 2000)).toEqual({ removed: 1, bytes: 1000, left: 2000 });
    expect(readdirSync(folder).sort()).toEqual(["new", "old"]);
    expect(pruneCache(folder, 0, new Set(["old"]))).toMatchObject({ removed: 1, left: 1000 });
    expect(readdirSync(folder)).toEqual(["old"]);
  });
});

describe("steps with a cache", () => {
  async function twoSteps(settings: Record<string, unknown>, force?: true | string) {
    const engine = await openDuckDb();
    const told: [string, boolean][] = [];
    const finished = (name: string, facts: StepFacts) => told.push([name, facts.isUnchanged === true]);
    const cache = stepCache({ folder, pipeline: "p", ...(force === undefined ? {} : { force }) });
    const run: Run = {
      engine,
      progress: { started: () => undefined, finished, failed: () => undefined },
      seconds: () => 0,
      version: "1",
      cache,
    };
    try {
      const staged = await step(run, "stage", { leaves: "staged tables" }, async () => {
        await engine.execute({ name: "s", text: "create schema staging; create table staging.t as select 42 as a" });
        return { value: "staged" };
      });
      const read = await step(run, "read", { reads: [staged], settings }, async () => {
        const [row] = await engine.rows({ name: "t", text: "select a from staging.t" });
        return { value: Number(row?.a) };
      });
      cache.close();
      return { told, value: read.value };
    } finally {
      await engine.close();
    }
  }

  it("skip what is unchanged, and put tables back for what isn't", async () => {
    expect((await twoSteps({ a: 1 })).told).toEqual([
      ["stage", false],
      ["read", false],
    ]);
    expect(await twoSteps({ a: 1 })).toEqual({
      told: [
        ["stage", true],
        ["read", true],
      ],
      value: 42,
    });
    expect(await twoSteps({ a: 2 })).toEqual({
      told: [
        ["stage", true],
        ["read", false],
      ],
      value: 42,
    });
    expect((await twoSteps({ a: 2 }, "read")).told).toEqual([
      ["stage", true],
      ["read", false],
    ]);
    expect((await twoSteps({ a: 2 }, true)).told).toEqual([
      ["stage", false],
      ["read", false],
    ]);
  });

  it("stage again where a kept table is damaged", async () => {
    await twoSteps({ a: 1 });
    for (const name of readdirSync(folder).filter((one) => one.endsWith(".parquet"))) {
      const bytes = readFileSync(join(folder, name));
      bytes[Math.floor(bytes.length / 2)] = (bytes[Math.floor(bytes.length / 2)] ?? 0) ^ 255;
      writeFileSync(join(folder, name), bytes);
    }
    expect(await twoSteps({ a: 3 })).toEqual({
      told: [
        ["stage", true],
        ["read", false],
      ],
      value: 42,
    });
  });

  it("say what has changed since", async () => {
    await twoSteps({ a: 1, b: 1 });
    const looking = stepCache({ folder, pipeline: "p", isReadOnly: true });
    const parts = {
      name: "read",
      version: "2",
      program: "",
      settings: { a: "x", b: "y" },
      files: {},
      sql: {},
      reads: {},
    };
    expect(looking.look({ name: "read", key: "k", parts })).toEqual({
      reason: "version 1 -> 2; settings changed: a, b; step changed: stage",
    });
  });
});
