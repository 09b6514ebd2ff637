import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteText } from "../../src/engine/engine.ts";
import { evaluateTable } from "../../src/flat/evaluate-table.ts";
import type { Measurement } from "./bench.ts";

const COVARIATES = ["age", "gender", "origin", "qualification", "region", "month", "duration"] as const;

/** Exact matching with balance and effect on a synthetic register, against a bare scan of the same columns. */
export async function benchEvaluate(persons: number): Promise<readonly Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-bench-"));
  try {
    const files = { parquet: join(folder, "register.parquet"), csv: join(folder, "register.csv") };
    await makeRegister(persons, files);
    const measured: Measurement[] = [];
    for (const [format, file] of Object.entries(files)) {
      const floor = await seconds(() => scan(file, format));
      const own = await seconds(() =>
        evaluateTable(file, {
          treated: "treated",
          outcome: "placed",
          exact: [...COVARIATES],
          covariates: [],
          method: "exact",
        }),
      );
      const megabytes = process.memoryUsage().rss / 2 ** 20;
      measured.push({ name: `evaluate exact, ${persons} persons, ${format}`, seconds: own, floor, megabytes });
    }
    return measured;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** 691,200 possible strata, 1 % treated, a 0/1 outcome. */
async function makeRegister(persons: number, files: { parquet: string; csv: string }): Promise<void> {
  const engine = await openDuckDb();
  const text = `create table register as select
    cast(hash(i) % 100 = 0 as integer) as treated, cast(hash(i + 1) % 3 = 0 as integer) as placed,
    'a' || hash(i + 2) % 4 as age, 'g' || hash(i + 3) % 2 as gender, 'o' || hash(i + 4) % 8 as origin,
    'q' || hash(i + 5) % 4 as qualification, 'r' || hash(i + 6) % 3 as region, 'm' || hash(i + 7) % 36 as month,
    'd' || hash(i + 8) % 25 as duration from range(${persons}) t(i)`;
  await engine.execute({ name: "bench.register", text });
  await engine.execute({ name: "bench.parquet", text: `copy register to ${quoteText(files.parquet)}` });
  await engine.execute({ name: "bench.csv", text: `copy register to ${quoteText(files.csv)}` });
  await engine.close();
}

async function scan(file: string, format: string): Promise<void> {
  const engine = await openDuckDb();
  const source = format === "csv" ? `read_csv(${quoteText(file)})` : `read_parquet(${quoteText(file)})`;
  const columns = [...COVARIATES, "treated", "placed"].join(", ");
  await engine.rows({
    name: "bench.floor",
    text: `select count(*) filter (hash(${columns}) = 0) as touched from ${source}`,
  });
  await engine.close();
}

async function seconds(fn: () => Promise<unknown>): Promise<number> {
  const begin = performance.now();
  await fn();
  return (performance.now() - begin) / 1000;
}
