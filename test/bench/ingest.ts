import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measurement } from "./bench.ts";
import { inChild, middle, type Timed } from "./child.ts";
import { type Format, makeRegister, REGISTER } from "./register.ts";

interface Compared {
  readonly rows: number;
  readonly format: Format;
  readonly fileMegabytes: number;
  readonly bare: Timed;
  readonly ours: Timed;
  readonly ratio: number;
}

const CHILD = new URL("./ingest-child.ts", import.meta.url);
const REPEATS = 3;

/**
 * The whole staging path (hash, types, rules, rejects, accounting) on a synthetic register against a bare read of the
 * same files into tables with the types given. Each in a process of its own, by turns; medians of three.
 */
export async function benchIngest(sizes: readonly number[]): Promise<readonly Measurement[]> {
  const compared: Compared[] = [];
  for (const rows of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "duo-impact-bench-"));
    try {
      await makeRegister(rows, folder);
      for (const format of ["csv", "parquet"] as const) compared.push(compare(rows, format, folder));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  }
  mkdirSync(join("out", "bench"), { recursive: true });
  writeFileSync(join("out", "bench", "ingest.json"), `${JSON.stringify(compared, null, 2)}\n`);
  return compared.flatMap(({ rows, format, bare, ours }) => [
    { name: `bare read of ${rows} rows, ${format}`, seconds: bare.seconds, floor: null, megabytes: bare.megabytes },
    {
      name: `ingest of ${rows} rows, ${format}`,
      seconds: ours.seconds,
      floor: bare.seconds,
      megabytes: ours.megabytes,
    },
  ]);
}

function compare(rows: number, format: Format, folder: string): Compared {
  const runs = Array.from({ length: REPEATS }, () => ({
    bare: inChild(CHILD, "bare", format, folder),
    ours: inChild(CHILD, "ours", format, folder),
  }));
  const bare = middle(runs.map((run) => run.bare));
  const ours = middle(runs.map((run) => run.ours));
  const bytes = REGISTER.reduce((sum, { table }) => sum + statSync(join(folder, `${table}.${format}`)).size, 0);
  return { rows, format, fileMegabytes: bytes / 2 ** 20, bare, ours, ratio: ours.seconds / bare.seconds };
}
