import { join } from "node:path";
import { tableFromIPC } from "apache-arrow";
import { openDuckDb } from "../engine/duckdb.ts";
import { rowsOfParquet } from "../engine/parquet.ts";
import { METRIC_COLUMNS } from "../publish/metrics.ts";
import type { Check, Unequal } from "./check.ts";
import { type MetricRow, metricRows, nameOfFigure } from "./metric-rows.ts";
import { jsonIn, type Pack } from "./pack.ts";

/** The released values are the same in every file that holds them. */
export const formatsCheck: Check = {
  name: "formats",
  title: "released values are the same in every file",
  applies: ({ files }) => OTHERS.some(({ file }) => files.has(file)),
  run: async (pack) => {
    const others = OTHERS.filter(({ file }) => pack.files.has(file));
    const unequal: Unequal[] = [];
    for (const { file, rowsOf } of others) unequal.push(...differences(pack, file, await rowsOf(pack, file)));
    return { compared: others.length * pack.rows.length, unequal };
  },
};

type Values = Readonly<Record<string, unknown>>;

const OTHERS: ReadonlyArray<{
  readonly file: string;
  rowsOf(pack: Pack, file: string): readonly Values[] | undefined | Promise<readonly Values[] | undefined>;
}> = [
  {
    file: "metrics/metrics.json",
    rowsOf: (pack, file) => {
      const rows = jsonIn(pack, file);
      return Array.isArray(rows) ? rows : undefined;
    },
  },
  { file: "metrics/metrics.arrow", rowsOf: arrowRows },
  { file: "metrics/metrics.parquet", rowsOf: parquetRows },
  {
    file: "replication/metrics.csv",
    rowsOf: (pack, file) => metricRows(file, pack.files.get(file)?.toString("utf8") ?? "").map((row) => ({ ...row })),
  },
];

function arrowRows({ files }: Pack, file: string): readonly Values[] | undefined {
  try {
    return tableFromIPC(files.get(file) ?? new Uint8Array())
      .toArray()
      .map((row) => row.toJSON());
  } catch {
    return undefined; // damaged: said as such
  }
}

async function parquetRows({ folder }: Pack, file: string): Promise<readonly Values[] | undefined> {
  const engine = await openDuckDb({ threads: 1 });
  try {
    return await rowsOfParquet(engine, join(folder, file));
  } catch {
    return undefined; // damaged: said as such
  } finally {
    await engine.close();
  }
}

const COLUMNS: ReadonlyArray<keyof MetricRow> = METRIC_COLUMNS.filter((column) => column !== "as_of");

function differences({ rows }: Pack, file: string, others: readonly Values[] | undefined): readonly Unequal[] {
  if (others === undefined) return [{ file, what: "is no list of released values" }];
  if (others.length !== rows.length)
    return [{ file, what: `has ${others.length} values, ${rows[0]?.file ?? "the CSV"} has ${rows.length}` }];
  return rows.flatMap((row, i) =>
    COLUMNS.flatMap((column): readonly Unequal[] => {
      const other = others[i]?.[column] ?? null;
      if (Object.is(row[column], other)) return [];
      return [
        { file, what: `value ${i + 1}, ${nameOfFigure(row)}: ${column} is ${other}, in ${row.file} ${row[column]}` },
      ];
    }),
  );
}
