import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measurement } from "./bench.ts";
import { inChild, middle, type Timed } from "./child.ts";
import { type Format, makeRegister, REGISTER } from "./register.ts";

/** Beside its time, what its statements took. */
interface Read extends Timed {
  readonly passes: ReadonlyArray<{ readonly name: string; readonly seconds: number }>;
}

interface Compared {
  readonly rows: number;
  readonly format: Format;
  readonly fileMegabytes: number;
  readonly bare: Read;
  readonly ours: Read;
  readonly ratio: number;
  /** Of processor seconds, which other work on the machine disturbs less. */
  readonly cpuRatio: number;
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
  const json = `${JSON.stringify(compared, null, 2)}\n`;
  writeFileSync(join("out", "bench", "ingest.json"), json);
  if (process.argv.includes("--json")) process.stdout.write(json);
  for (const own of compared) process.stdout.write(costs(own));
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
    bare: read("bare", format, folder),
    ours: read("ours", format, folder),
  }));
  const bare = middle(runs.map((run) => run.bare));
  const ours = middle(runs.map((run) => run.ours));
  const bytes = REGISTER.reduce((sum, { table }) => sum + statSync(join(folder, `${table}.${format}`)).size, 0);
  return {
    rows,
    format,
    fileMegabytes: bytes / 2 ** 20,
    bare,
    ours,
    ratio: ours.seconds / bare.seconds,
    cpuRatio: ours.cpu / bare.cpu,
  };
}

/** The dearest statements of the run in the middle, in words. */
function costs({ rows, format, ours, cpuRatio }: Compared): string {
  const dearest = ours.passes.slice(0, MOST_COSTS).map(({ name, seconds }) => `  ${seconds.toFixed(2)} s  ${name}\n`);
  return `${rows} rows, ${format}: ${cpuRatio.toFixed(1)} times the processor's seconds of the bare read\n${dearest.join("")}`;
}

const MOST_COSTS = 12;

const read = (work: "bare" | "ours", format: Format, folder: string): Read => inChild(CHILD, work, format, folder);
