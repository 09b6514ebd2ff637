import { mkdirSync, writeFileSync } from "node:fs";

/** What a benchmark measured: seconds beside the seconds of its floor, in the same run on the same machine. */
export interface Measurement {
  readonly name: string;
  readonly seconds: number;
  /** Processor seconds of all its processes, where they are known. */
  readonly cpu?: number;
  readonly floor: number | null;
  readonly megabytes: number;
}

const BENCHMARKS: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
  costs: async () => {
    await (await import("./costs.ts")).benchCosts(sizesAsked([1e4, 1e6, 1e7]));
    return [];
  },
  disclosure: async () => (await import("./disclosure.ts")).benchDisclosure(),
  evaluate: async () => {
    await (await import("./evaluate.ts")).benchEvaluate(sizesAsked([1e6, 1e7]));
    return [];
  },
  ingest: async () => (await import("./ingest.ts")).benchIngest(sizesAsked([1e6, 1e7])),
  patterns: async () => (await import("./patterns.ts")).benchPatterns(sizesAsked([1e6, 1e7])),
  nearest: async () => {
    (await import("./nearest.ts")).benchNearest(sizesAsked([1e6]));
    return [];
  },
  reports: async () => (await import("./reports.ts")).benchReports(),
  start: async () => (await import("./start.ts")).benchStart(),
};

const words = process.argv.slice(2).filter((word) => !word.startsWith("--"));

/** The sizes named behind the benchmark (`1e6 1e7`), or all up to 10 million, and 100 million with `--all`. */
function sizesAsked(usual: readonly number[]): readonly number[] {
  const named = words.slice(1);
  if (named.length > 0) return named.map(Number);
  return process.argv.includes("--all") ? [...usual, 1e8] : usual;
}

const [asked] = words;
const names = asked === undefined ? ["start", "costs"] : [asked];
const measured: Measurement[] = [];
for (const name of names) {
  const run = BENCHMARKS[name];
  if (run === undefined) throw new Error(`no benchmark '${name}': choose from ${Object.keys(BENCHMARKS).join(", ")}`);
  measured.push(...(await run()));
}
const text = (value: number | null, digits = 2): string => (value === null ? "-" : value.toFixed(digits));
if (measured.length > 0)
  process.stdout.write(
    `${"benchmark".padEnd(44)} ${"seconds".padStart(8)} ${"cpu".padStart(8)} ${"floor".padStart(8)} ${"ratio".padStart(7)} ${"MB".padStart(7)}\n`,
  );
for (const { name, seconds, cpu = null, floor, megabytes } of measured) {
  const ratio = floor === null ? null : seconds / floor;
  process.stdout.write(
    `${name.padEnd(44)} ${text(seconds).padStart(8)} ${text(cpu).padStart(8)} ${text(floor).padStart(8)} ${text(ratio, 1).padStart(7)} ${text(megabytes, 0).padStart(7)}\n`,
  );
}
mkdirSync("out/bench", { recursive: true });
writeFileSync("out/bench/measured.json", `${JSON.stringify(measured, null, 2)}\n`);
