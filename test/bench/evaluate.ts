import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckDb } from "../../src/engine/duckdb.ts";
import { quoteText } from "../../src/engine/engine.ts";
import { inChild, machine, type Timed } from "./child.ts";

/** A work beside its floor, by turns in the same minutes; medians. */
interface Compared {
  readonly persons: number;
  readonly format: "parquet" | "csv";
  readonly work: string;
  readonly floor: string;
  /** How many times the floor it may take. */
  readonly target: number | null;
  readonly own: Timed;
  readonly bare: Timed;
  /** Median of the ratios of neighbours: by the clock, and of processor time, which other work disturbs less. */
  readonly ratio: number;
  readonly cpuRatio: number;
}

type Case = Pick<Compared, "format" | "work" | "floor" | "target">;

const REPEATS = 3;

const CASES: readonly Case[] = [
  { format: "parquet", work: "exact", floor: "scan", target: 5 },
  { format: "parquet", work: "exact", floor: "hash", target: null },
  { format: "parquet", work: "staged", floor: "scan", target: 1.5 },
  { format: "parquet", work: "aggregation and logit", floor: "aggregation", target: 3 },
  { format: "csv", work: "exact", floor: "scan", target: null },
];

/** Pairing is per person: a million of them. */
const PERSONS_TO_PAIR = 1_000_000;

/**
 * Matching on synthetic registers of seven discrete covariates, each work beside a floor on the same columns: prints a
 * table in Markdown, and writes `out/bench/evaluate.json` after every size.
 * @param sizes persons; sizes from 1e8 have Parquet only and what is asked, one run each
 */
export async function benchEvaluate(sizes: readonly number[]): Promise<void> {
  const compared: Compared[] = [];
  mkdirSync(join("out", "bench"), { recursive: true });
  process.stdout.write(
    `On ${machine()}:\n\n${lineOf(HEADER)}${lineOf(HEADER.map((_, i) => (i < 2 ? "---" : "---:")))}`,
  );
  for (const persons of sizes) {
    const folder = mkdtempSync(join(tmpdir(), "duo-impact-bench-"));
    try {
      const large = persons >= 1e8;
      await makeFlatTable(persons, folder, large ? ["parquet"] : ["parquet", "csv"]);
      for (const item of casesFor(persons)) {
        const one = compare(persons, folder, item, large ? 1 : REPEATS);
        compared.push(one);
        process.stdout.write(lineOf(cellsOf(one)));
      }
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
    writeFileSync(
      join("out", "bench", "evaluate.json"),
      `${JSON.stringify({ machine: machine(), compared }, null, 2)}\n`,
    );
  }
}

const HEADER = ["work", "floor", "persons", "seconds", "floor", "ratio", "of processor time", "asked", "MB", "floor"];

const lineOf = (cells: readonly string[]): string => `| ${cells.join(" | ")} |\n`;

function cellsOf({ persons, format, work, floor, target, own, bare, ratio, cpuRatio }: Compared): readonly string[] {
  return [
    `${work}, ${format}`,
    floor,
    persons.toLocaleString("en-GB"),
    own.seconds.toFixed(2),
    bare.seconds.toFixed(2),
    ratio.toFixed(1),
    cpuRatio.toFixed(1),
    target === null ? "" : String(target),
    own.megabytes.toFixed(0),
    bare.megabytes.toFixed(0),
  ];
}

function casesFor(persons: number): readonly Case[] {
  if (persons >= 1e8) return CASES.filter(({ format, target }) => format === "parquet" && target !== null);
  const paired: Case = { format: "parquet", work: "nearest", floor: "arrow", target: 3 };
  if (persons >= 1e7) return CASES;
  // small tables cost what starting costs: nothing is asked of them
  const unasked = CASES.map((item) => ({ ...item, target: null }));
  return persons === PERSONS_TO_PAIR ? [...unasked, paired] : unasked;
}

/** 691,200 possible strata, 1 % treated, a 0/1 outcome. */
export async function makeFlatTable(persons: number, folder: string, formats: readonly string[]): Promise<void> {
  const engine = await openDuckDb();
  const register = `select
    cast(hash(i) % 100 = 0 as integer) as treated, cast(hash(i + 1) % 3 = 0 as integer) as placed,
    'a' || hash(i + 2) % 4 as age, 'g' || hash(i + 3) % 2 as gender, 'o' || hash(i + 4) % 8 as origin,
    'q' || hash(i + 5) % 4 as qualification, 'r' || hash(i + 6) % 3 as region, 'm' || hash(i + 7) % 36 as month,
    'd' || hash(i + 8) % 25 as duration from range(${persons}) t(i)`;
  for (const format of formats) {
    const file = quoteText(join(folder, `register.${format}`));
    await engine.execute({ name: "bench.register", text: `copy (${register}) to ${file} (format ${format})` });
  }
  await engine.close();
}

function compare(persons: number, folder: string, item: Case, repeats: number): Compared {
  const file = join(folder, `register.${item.format}`);
  const runs = Array.from({ length: repeats }, () => ({
    bare: inChild<Timed>(CHILD, item.floor, file),
    own: inChild<Timed>(CHILD, item.work, file),
  }));
  return {
    persons,
    ...item,
    own: medians(runs.map((run) => run.own)),
    bare: medians(runs.map((run) => run.bare)),
    ratio: median(runs.map(({ own, bare }) => own.seconds / bare.seconds)),
    cpuRatio: median(runs.map(({ own, bare }) => own.cpu / bare.cpu)),
  };
}

const CHILD = new URL("./evaluate-child.ts", import.meta.url);

const medians = (timed: readonly Timed[]): Timed => ({
  seconds: median(timed.map(({ seconds }) => seconds)),
  cpu: median(timed.map(({ cpu }) => cpu)),
  megabytes: median(timed.map(({ megabytes }) => megabytes)),
});

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
