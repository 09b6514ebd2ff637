import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { metricDictionary } from "../../reports/metric-dictionary.ts";
import type { Released } from "../../src/disclose/finding.ts";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import type { SqlEngine } from "../../src/engine/engine.ts";
import { parquetOf } from "../../src/engine/parquet.ts";
import type { EditionFiles } from "../../src/publish/edition.ts";
import { fileWords } from "../../src/publish/file-words.ts";
import { sha256 } from "../../src/publish/hash.ts";
import { METRIC_COLUMNS } from "../../src/publish/metrics.ts";
import { metricsFiles } from "../../src/publish/metrics-files.ts";
import { temporaryFolder } from "../support/cli.ts";
import { type DataPackage, validDataPackage } from "../support/data-package.ts";
import { releasedValue } from "../support/year-values.ts";

const SENTINEL = 0.123456789;

/** A shown rate, a count, a mean without a limit, an awkward text, and a hidden value. */
const VALUES: readonly Released[] = [
  releasedValue({
    arm: "both",
    metric: "placement_rate",
    value: 1 / 3,
    lower: 0.1,
    upper: SENTINEL + 0.5,
    n: 113,
    period: "2014-2016",
  }),
  releasedValue({ arm: "both", metric: "duos_started", value: 677, lower: null, upper: null, n: 677, unit: "persons" }),
  releasedValue({
    arm: "both",
    metric: "duos_per_mentor",
    value: -2.5e-7,
    lower: null,
    upper: null,
    n: 12,
    level: 'a "b", c',
  }),
  releasedValue({ arm: "both", metric: "declared_job", value: SENTINEL, n: 4, hidden: "A" }),
];

const FACTS = {
  pipeline: "annual-report",
  title: { en: "Annual report", fr: "Rapport annuel", nl: "Jaarverslag" },
  organisation: "DUO for a JOB",
  runId: "dbc7d3a27002",
  asOf: "2026-03-31",
  synthetic: true,
};

let engine: SqlEngine;
let files: EditionFiles;
let descriptor: DataPackage;

const made = (): Promise<EditionFiles> =>
  metricsFiles(VALUES, metricDictionary(), FACTS, (rows, types) => parquetOf(engine, rows, types));
const bytesOf = (name: string): Buffer => Buffer.from(files.get(`metrics/${name}`) ?? "");

beforeAll(async () => {
  engine = await openDuckDb();
  files = await made();
  descriptor = validDataPackage(bytesOf("datapackage.json").toString());
});
afterAll(() => engine.close());

/** The rows as they went in, days as text. */
const wanted = VALUES.map((value) => Object.fromEntries(METRIC_COLUMNS.map((column) => [column, value[column]])));

describe("metrics files", () => {
  test("hold the same rows in JSON, Parquet and Arrow, to the last digit (M1)", async () => {
    expect(JSON.parse(bytesOf("metrics.json").toString())).toEqual(wanted);
    const folder = temporaryFolder("metrics");
    writeFileSync(join(folder, "metrics.parquet"), bytesOf("metrics.parquet"));
    const text = `select * replace (cast(as_of as varchar) as as_of) from read_parquet('${join(folder, "metrics.parquet")}')`;
    expect(await engine.rows({ name: "read back", text })).toEqual(wanted);
    const table = tableFromIPC(bytesOf("metrics.arrow"));
    const rows = table.toArray().map((row) => {
      const { as_of: day, ...rest } = row.toJSON();
      return { ...rest, as_of: new Date(Number(day)).toISOString().slice(0, 10) };
    });
    expect(rows).toEqual(wanted);
  });

  test("have types: rates and limits as doubles, persons as whole numbers, the cut-off as a day", async () => {
    const types = Object.fromEntries(
      tableFromIPC(bytesOf("metrics.arrow")).schema.fields.map(({ name, type }) => [name, `${type}`]),
    );
    expect(types).toMatchObject({
      value: "Float64",
      n: "Int32",
      metric: "Utf8",
      as_of: expect.stringContaining("Date"),
    });
  });

  test("give a hidden value empty, with its status, in every format (M2, D4)", () => {
    const csv = bytesOf("metrics.csv").toString().split("\r\n");
    expect(csv.find((line) => line.startsWith("declared_job"))).toContain(",both,,,,,proportion,A,A,");
    for (const [path, content] of files) {
      expect(fileWords(path, content)).not.toContain(String(SENTINEL));
      const bytes = Buffer.alloc(8);
      bytes.writeDoubleLE(SENTINEL);
      expect(Buffer.from(content).includes(bytes)).toBe(false);
    }
  });

  test("are the same to the byte when made again", async () => {
    const again = await made();
    for (const [path, content] of files)
      expect(sha256(Buffer.from(again.get(path) ?? ""))).toBe(sha256(Buffer.from(content)));
  });

  test("are described by a Data Package with each file's bytes and hash", () => {
    expect(descriptor.resources.map(({ path }) => path)).toEqual([
      "metrics.csv",
      "metrics.json",
      "metrics.parquet",
      "metrics.arrow",
    ]);
    for (const { path, bytes, hash } of descriptor.resources) {
      expect(bytes).toBe(bytesOf(path).byteLength);
      expect(hash).toBe(`sha256:${sha256(bytesOf(path))}`);
    }
  });

  test("have every column named in three languages, every metric and code too", () => {
    const inAll = { en: expect.stringMatching(/\S/), fr: expect.stringMatching(/\S/), nl: expect.stringMatching(/\S/) };
    for (const { schema } of descriptor.resources) {
      expect(schema.fields.map(({ name }) => name)).toEqual(METRIC_COLUMNS);
      for (const { titles } of schema.fields) expect(titles).toEqual(inAll);
    }
    const dictionary =
      descriptor.resources[0]?.schema.fields.filter(({ categories }) => categories !== undefined) ?? [];
    expect(dictionary.map(({ name }) => name)).toEqual(["metric", "obs_status", "conf_status"]);
    for (const { titles } of dictionary.flatMap(({ categories = [] }) => categories)) expect(titles).toEqual(inAll);
    const metrics = dictionary[0]?.categories?.map(({ value }) => value);
    expect(metrics).toEqual([...new Set(VALUES.map(({ metric }) => metric))].sort());
  });
});
