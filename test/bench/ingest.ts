import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Measurement } from "./bench.ts";
import { type Format, makeRegister, REGISTER } from "./register.ts";

/** What one child process reports: seconds of its work and its peak memory. */
interface Timed {
  readonly seconds: number;
  readonly megabytes: number;
}

interface Compared {
  readonly rows: number;
  readonly format: Format;
  readonly fileMegabytes: number;
  readonly bare: Timed;
  readonly ours: Timed;
  readonly ratio: number;
}

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
    bare: inChild("bare", format, folder),
    ours: inChild("ours", format, folder),
  }));
  const bare = middle(runs.map((run) => run.bare));
  const ours = middle(runs.map((run) => run.ours));
  const bytes = REGISTER.reduce((sum, { table }) => sum + statSync(join(folder, `${table}.${format}`)).size, 0);
  return { rows, format, fileMegabytes: bytes / 2 ** 20, bare, ours, ratio: ours.seconds / bare.seconds };
}

const middle = (timed: readonly Timed[]): Timed => ({
  seconds: median(timed.map(({ seconds }) => seconds)),
  megabytes: median(timed.map(({ megabytes }) => megabytes)),
});

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

function inChild(work: "bare" | "ours", format: Format, folder: string): Timed {
  const program = fileURLToPath(new URL("./ingest-child.ts", import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [...process.execArgv, program, work, format, folder], {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${work} ${format} ended with ${status}\n${stderr}`);
  return JSON.parse(stdout) as Timed;
}
