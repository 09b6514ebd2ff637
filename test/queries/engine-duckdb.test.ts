import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, rmdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { type SqlEngine, SqlError } from "../../src/engine/engine.ts";
import { DIALECT_EXAMPLES } from "../support/dialect-examples.ts";

let engine: SqlEngine;
beforeAll(async () => {
  engine = await openDuckDb();
});
afterAll(() => engine.close());

const value = async (expression: string): Promise<unknown> =>
  (await engine.rows({ name: "value", text: `select ${expression} as value` }))[0]?.value;

describe("dialect", () => {
  test.each(DIALECT_EXAMPLES)("%s is %s", async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });
});

describe("tables", () => {
  test("a build whose grain isn't unique fails and names the table and the grain", async () => {
    const twice = { name: "room.twice", text: "select 1 as key union all select 1" };
    await expect(engine.build(twice, ["key"])).rejects.toThrow(/room\.twice: 2 rows but 1 distinct .*key/);
  });

  /** Persons by months of two registers, each once. */
  const personMonths = (persons: string, register: string): string => `
    select ${persons} as person_key, (24160 + i % 25)::bigint as month, ${register} as register
    from range(75000) t(i)`;

  test.each([
    ["of whole numbers", personMonths("(i // 25)::integer", "'a'"), ["person_key", "month"]],
    ["of negative ones", personMonths("(i // 25)::integer - 1500", "'a'"), ["person_key", "month"]],
    [
      "in groups",
      personMonths("i // 50", "case when i // 25 % 2 = 0 then 'a' else 'b' end"),
      ["register", "month", "person_key"],
    ],
    [
      "with a group that has no name",
      personMonths("i // 50", "case when i // 25 % 2 = 0 then 'a' end"),
      ["register", "month", "person_key"],
    ],
    ["in many groups", personMonths("i % 75", "'r' || (i // 75)"), ["register", "person_key"]],
    ["of numbers far apart", personMonths("i * 4294967296", "'a'"), ["person_key"]],
    ["of numbers that a double can't tell apart", personMonths("9007199254740992 + i", "'a'"), ["person_key"]],
    ["one of whose numbers is missing", personMonths("nullif(i, 7)", "'a'"), ["person_key"]],
    ["of texts", personMonths("i", "'r' || i"), ["register"]],
  ])("one row too many is found in a large table with a grain %s", async (_, text, grain) => {
    const whole = await engine.build({ name: "room.large", text }, grain);
    expect(whole).toEqual({ name: "room.large", rows: 75_000 });
    const twice = `${text} union all select * from (select * from room.large limit 1)`;
    await expect(engine.build({ name: "room.twice", text: twice }, grain)).rejects.toThrow(
      `75001 rows but 75000 distinct values of its grain (${grain.join(", ")})`,
    );
  });

  test("an error carries the SQL that failed", async () => {
    const wrong = { name: "room.wrong", text: "select nothing from nowhere" };
    await expect(engine.rows(wrong)).rejects.toThrow(SqlError);
    await expect(engine.rows(wrong)).rejects.toThrow("select nothing from nowhere");
  });

  test("typed arrays load as a table and replace the one before", async () => {
    await engine.load("room.loaded", { key: Int32Array.of(9) });
    const built = await engine.load("room.loaded", { key: Int32Array.of(3, 1), weight: Float64Array.of(0.1, 2.5) });
    expect(built).toEqual({ name: "room.loaded", rows: 2 });
    expect(await engine.rows({ name: "room.loaded", text: "select * from room.loaded order by key" })).toEqual([
      { key: 1, weight: 2.5 },
      { key: 3, weight: 0.1 },
    ]);
    await expect(engine.load("room.uneven", { a: Int32Array.of(1), b: Int32Array.of() })).rejects.toThrow(RangeError);
  });

  test("nothing loads as an empty table with its columns", async () => {
    expect(await engine.load("room.empty", { key: Int32Array.of() })).toEqual({ name: "room.empty", rows: 0 });
    expect(await value("(select count(*) from room.empty)")).toBe(0);
  });
});

describe("Arrow", () => {
  const every = (rows: number) => ({
    name: "every",
    text: `select i::integer as i, i as b, i / 2 as f, i % 3 = 0 as t, date '2014-01-01' + i::integer as d, 'é' || i as s
           from range(${rows}) t(i) order by i`,
  });

  test("every kind of column arrives over several chunks, in one batch", async () => {
    const table = await engine.arrow(every(5000));
    expect(table.numRows).toBe(5000);
    expect(table.batches.length).toBe(1);
    const at = (name: string) => table.getChild(name)?.get(4321);
    expect([at("i"), at("b"), at("f"), at("t"), at("s")]).toEqual([4321, 4321n, 2160.5, false, "é4321"]);
    expect(new Date(Number(at("d"))).toISOString().slice(0, 10)).toBe("2025-10-31");
  });

  test("nulls stay nulls in every kind of column, in any chunk", async () => {
    const { text } = every(5000);
    const holes = ["i", "b", "f", "t", "d", "s"].map(
      (name) => `case when i in (0, 3000) then null else ${name} end as ${name}`,
    );
    const table = await engine.arrow({
      name: "holes",
      text: `select ${holes.join(", ")} from (${text}) order by b nulls first`,
    });
    for (const field of table.schema.fields) {
      const column = table.getChild(field.name);
      expect(column?.nullCount, field.name).toBe(2);
      expect([column?.get(0), column?.get(1)], field.name).toEqual([null, null]);
      expect(column?.get(2), field.name).not.toBe(null);
    }
  });

  test("no rows keep their columns, and a type without counterpart is refused by name", async () => {
    const empty = await engine.arrow(every(0));
    expect(empty.numRows).toBe(0);
    expect(empty.schema.fields.map(({ name }) => name)).toEqual(["i", "b", "f", "t", "d", "s"]);
    await expect(engine.arrow({ name: "huge", text: "select sum(1) as total" })).rejects.toThrow("column total");
  });
});

describe("memory and interrupts", () => {
  const folders = (): readonly string[] => readdirSync(tmpdir()).filter((name) => name.startsWith("duo-impact-spill-"));
  const own = (): readonly string[] => folders().filter((name) => name.startsWith(`duo-impact-spill-${process.pid}-`));

  test("more than the memory allowed is spilled to disk, and cleared at the end", async () => {
    const small = await openDuckDb({ memoryLimit: "60MB", threads: 1 });
    const wide = "select i, md5(cast(i as varchar)) as a, md5(cast(i + 1 as varchar)) as b from range(1500000) t(i)";
    expect(await small.build({ name: "wide", text: wide }, [])).toEqual({ name: "wide", rows: 1_500_000 });
    expect(own().length).toBeGreaterThan(0);
    await small.close();
    expect(own()).toEqual([]);
  });

  test("engines side by side share what one may have by itself", async () => {
    const limits = async (settings: { share?: number }): Promise<{ bytes: number; threads: number }> => {
      const own = await openDuckDb(settings);
      const text = "select current_setting('memory_limit') as size, current_setting('threads') as threads";
      const [row] = await own.rows({ name: "limits", text });
      await own.close();
      const [, figure, unit = ""] = /^([0-9.]+) (MiB|GiB|TiB)$/.exec(String(row?.size)) ?? [];
      return { bytes: Number(figure) * 1024 ** ["MiB", "GiB", "TiB"].indexOf(unit), threads: Number(row?.threads) };
    };
    const [shared, own] = [await limits({ share: 1 / 3 }), await limits({})];
    expect(shared.bytes / own.bytes).toBeCloseTo(1 / 3, 1);
    expect(shared.threads).toBe(Math.max(1, Math.round(own.threads / 3)));
  });

  test("what a killed run has spilled is cleared by the next one, what a running one has is not", async () => {
    const { pid } = spawnSync(process.execPath, ["-e", ""]);
    const [dead, alive] = [`duo-impact-spill-${pid}-0`, `duo-impact-spill-${process.ppid}-0`];
    for (const name of [dead, alive]) mkdirSync(join(tmpdir(), name));
    await (await openDuckDb()).close();
    expect(folders().filter((name) => name === dead || name === alive)).toEqual([alive]);
    rmdirSync(join(tmpdir(), alive));
  });

  test("an interrupted statement ends at once, and nothing follows it", async () => {
    const endless = await openDuckDb({ threads: 1 });
    const counting = endless.rows({
      name: "endless",
      text: "select count(*) from range(100000000000) t(i) where i % 7 = 3",
    });
    setTimeout(() => endless.interrupt(), 100);
    await expect(counting).rejects.toThrow(/endless: INTERRUPT/);
    await expect(endless.rows({ name: "next", text: "select 1" })).rejects.toThrow("next: interrupted");
    await endless.close();
  });

  test("batches hold every row once", async () => {
    const from = await openDuckDb({ threads: 2 });
    await from.build({ name: "many", text: "select i from range(70000) t(i)" }, ["i"]);
    let sum = 0n;
    for await (const batch of from.batches("many")) for (const i of batch.getChild("i") ?? []) sum += BigInt(i);
    expect(sum).toBe((70_000n * 69_999n) / 2n);
    await from.close();
  });
});
