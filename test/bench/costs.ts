import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inChild, machine, middle, type Timed } from "./child.ts";
import { makeFlatTable } from "./evaluate.ts";
import { makeRegister } from "./register.ts";
import { makeSpells } from "./spells.ts";

/** A program of this folder with what it is asked to do; the folder of files comes last. */
type Program = readonly [program: URL, ...args: string[]];

interface Work {
  readonly title: string;
  /** The least that any program has to do with the same columns. */
  readonly floorTitle: string;
  readonly make: (rows: number, folder: string) => Promise<void>;
  readonly floor: Program;
  readonly ours: Program;
  /** File in the folder that the programs are given; the folder itself by default. */
  readonly file?: string;
}

const INGEST = new URL("./ingest-child.ts", import.meta.url);
const PATTERNS = new URL("./patterns-child.ts", import.meta.url);
const EVALUATE = new URL("./evaluate-child.ts", import.meta.url);

const WORKS: readonly Work[] = [
  {
    title: "read and judge a register, CSV",
    floorTitle: "read it into typed tables",
    make: makeRegister,
    floor: [INGEST, "bare", "csv"],
    ours: [INGEST, "ours", "csv"],
  },
  {
    title: "read and judge a register, Parquet",
    floorTitle: "read it into tables",
    make: makeRegister,
    floor: [INGEST, "bare", "parquet"],
    ours: [INGEST, "ours", "parquet"],
  },
  {
    title: "read and judge a register in the order of its persons, CSV",
    floorTitle: "read it into typed tables",
    make: (rows, folder) => makeRegister(rows, folder, "persons"),
    floor: [INGEST, "bare", "csv"],
    ours: [INGEST, "ours", "csv"],
  },
  {
    title: "read and judge a register in the order of its persons, Parquet",
    floorTitle: "read it into tables",
    make: (rows, folder) => makeRegister(rows, folder, "persons"),
    floor: [INGEST, "bare", "parquet"],
    ours: [INGEST, "ours", "parquet"],
  },
  {
    title: "from spells to risk sets and patterns, Parquet",
    floorTitle: "scan and group the columns by person",
    make: makeSpells,
    floor: [PATTERNS, "floor"],
    ours: [PATTERNS, "ours"],
  },
  {
    title: "exact matching and effect on a flat file, Parquet",
    floorTitle: "scan the columns",
    make: (rows, folder) => makeFlatTable(rows, folder, ["parquet"]),
    floor: [EVALUATE, "scan"],
    ours: [EVALUATE, "exact"],
    file: "register.parquet",
  },
];

interface Cost {
  readonly work: string;
  readonly floorWork: string;
  readonly rows: number;
  readonly ours: Timed;
  readonly floor: Timed;
  readonly ratio: number;
}

/**
 * What the parts of a run cost at several sizes, each beside its floor in the same minutes: a table in Markdown for people,
 * and `out/bench/costs.json`.
 */
export async function benchCosts(sizes: readonly number[]): Promise<void> {
  const costs: Cost[] = [];
  for (const work of WORKS) for (const rows of sizes) costs.push(await costOf(work, rows));
  mkdirSync(join("out", "bench"), { recursive: true });
  writeFileSync(join("out", "bench", "costs.json"), `${JSON.stringify({ machine: machine(), costs }, null, 2)}\n`);
  process.stdout.write(`${tableOf(sizes, costs)}\n`);
}

async function costOf(work: Work, rows: number): Promise<Cost> {
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-bench-"));
  try {
    await work.make(rows, folder);
    const on = work.file === undefined ? folder : join(folder, work.file);
    const turns = Array.from({ length: rows > 1e6 ? 1 : 3 }, () => ({
      floor: inChild(...work.floor, on),
      ours: inChild(...work.ours, on),
    }));
    const floor = middle(turns.map((turn) => turn.floor));
    const ours = middle(turns.map((turn) => turn.ours));
    return { work: work.title, floorWork: work.floorTitle, rows, ours, floor, ratio: ours.seconds / floor.seconds };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A row a work: seconds, how many times the floor, and peak memory of the process, by size. */
function tableOf(sizes: readonly number[], costs: readonly Cost[]): string {
  const header = ["", ...sizes.map((rows) => `${rows.toLocaleString("en-GB")} rows`)];
  const lines = WORKS.map(({ title, floorTitle }) => [
    `${title} (× ${floorTitle})`,
    ...sizes.map((rows) => cellOf(costs.find((cost) => cost.work === title && cost.rows === rows))),
  ]);
  const rows = [header, header.map((_, i) => (i === 0 ? "---" : "---:")), ...lines];
  return [`On ${machine()}:`, "", ...rows.map((row) => `| ${row.join(" | ")} |`)].join("\n");
}

function cellOf(cost: Cost | undefined): string {
  if (cost === undefined) return "";
  const { ours, ratio } = cost;
  const seconds = ours.seconds.toFixed(ours.seconds < 10 ? 2 : 0);
  return `${seconds} s (${ratio.toFixed(1)}×), ${(ours.megabytes / 1024).toFixed(1)} GB`;
}
