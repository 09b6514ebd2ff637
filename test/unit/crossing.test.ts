import { tableFromIPC, tableToIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CatalogueEntry } from "../../src/catalogue/catalogue.ts";
import { MAY_CROSS } from "../../src/catalogue/crossing.ts";
import { PATTERNS } from "../../src/catalogue/patterns.ts";
import { RISK } from "../../src/catalogue/risk.ts";
import { recordingEngine, replayingEngine } from "../../src/engine/crossing.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { narrowed, widened } from "../../src/engine/narrow.ts";
import { tableKeys } from "../../src/engine/table-keys.ts";

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckDb();
});
afterAll(() => engine.close());

const sum = { name: "t.sums", text: "-- one row\nselect cast(sum(x) + $more as bigint) as total from t.numbers" };
const all = { name: "t.sums", text: 'select * from "t"."sums"' };

describe("keys of what an engine is asked", () => {
  const keyAfter = (numbers: readonly number[], more: number, text = sum.text): string => {
    const keys = tableKeys();
    keys.loaded("t.numbers", { x: Int32Array.from(numbers) });
    keys.built({ ...sum, text }, { more, unused: 7 });
    return keys.asked("arrow", all);
  };

  it("are the same for the same rows, settings and query, whatever its comments say", () => {
    expect(keyAfter([1, 2], 3)).toBe(keyAfter([1, 2], 3, sum.text.replace("one row", "a single row")));
  });

  it("differ with a row, a setting or the query", () => {
    const others = [keyAfter([1, 3], 3), keyAfter([1, 2], 4), keyAfter([1, 2], 3, sum.text.replace("+", "-"))];
    expect(new Set([keyAfter([1, 2], 3), ...others]).size).toBe(4);
  });
});

describe("answers that crossed", () => {
  const ask = async (asked: SqlEngine, numbers: readonly number[]) => {
    await asked.load("t.numbers", { x: Int32Array.from(numbers) });
    await asked.build(sum, [], { more: 1 });
    return { rows: await asked.rows(all), table: await asked.arrow(all) };
  };

  it("are given again by an engine without rows, to the same questions only", async () => {
    const recorder = recordingEngine(engine, new Set(["t.sums"]));
    const { result, crossed } = await recorder.recording(() => ask(recorder, [1, 2]));
    expect(crossed.map(({ table }) => table)).toEqual(["t.sums", "t.sums"]);
    const answers = new Map(crossed.map(({ key, content }) => [key, content]));
    const replayed = replayingEngine(async (_kind, table, key) => {
      const found = answers.get(key);
      if (found === undefined) throw new Error(`no ${table}`);
      return found;
    });
    const again = await ask(replayed, [1, 2]);
    expect(again.rows).toEqual(result.rows);
    expect(tableToIPC(again.table, "file")).toEqual(tableToIPC(result.table, "file"));
    await expect(ask(replayed, [1, 4])).rejects.toThrow("no t.sums");
  });

  it("leave out what may not cross", async () => {
    const recorder = recordingEngine(engine, new Set());
    expect((await recorder.recording(() => ask(recorder, [5]))).crossed).toEqual([]);
  });

  it("never hold a column of persons", () => {
    const entries: readonly CatalogueEntry[] = [...Object.values(PATTERNS), ...Object.values(RISK)];
    const crossing = entries.filter(({ name }) => MAY_CROSS.has(name));
    expect(crossing).toHaveLength(MAY_CROSS.size);
    const personal = /person_key|person_number|mentee|duo_id|birth|started_on|index_on|source_row/;
    expect(crossing.flatMap(({ columns }) => Object.keys(columns).filter((name) => personal.test(name)))).toEqual([]);
    expect(entries.filter(({ columns }) => "person_key" in columns).length).toBeGreaterThan(10);
  });
});

describe("kept tables", () => {
  it.each([
    ["small counts", "cast(1 as bigint)", "cast(-5 as bigint)", "cast(120 as bigint)"],
    ["middling counts", "cast(300 as bigint)", "cast(-32768 as bigint)", "cast(0 as bigint)"],
    ["large counts", "cast(40000 as bigint)", "cast(1 as bigint)", "cast(9007199254740993 as bigint)"],
    ["counts as doubles", "cast(1 as double)", "cast(255 as double)", "cast(0 as double)"],
    ["larger counts as doubles", "cast(65535 as double)", "cast(7 as double)", "cast(0 as double)"],
    ["doubles", "cast(0.1 as double)", "cast(-1 as double)", "cast('-0' as double)"],
    ["gaps", "cast(1 as bigint)", "null", "cast(3 as bigint)"],
    ["keys and texts", "'a'", "'é'", "''"],
  ])("of %s come back byte by byte, also from a file", async (_what, ...values) => {
    const text = values.map((value) => `select ${value} as x, 7 as key`).join(" union all ");
    const table = await engine.arrow({ name: "t", text });
    for (const one of [table, await engine.arrow({ name: "t", text: `select * from (${text}) where false` })])
      expect(tableToIPC(widened(narrowed(one)), "file")).toEqual(tableToIPC(one, "file"));
    const back = widened(tableFromIPC(tableToIPC(narrowed(table), "file")));
    expect(tableToIPC(back, "file")).toEqual(tableToIPC(table, "file"));
  });
});
