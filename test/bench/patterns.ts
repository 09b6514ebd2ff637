import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Measurement } from "./bench.ts";
import { inChild, middle, type Timed } from "./child.ts";
import { makeSpells } from "./spells.ts";

const CHILD = new URL("./patterns-child.ts", import.meta.url);

interface Ours extends Timed {
  /** Patterns, and the outcomes of the matched. */
  readonly withOutcomes: number;
  readonly patterns: number;
  readonly personMonths: number;
  readonly matched: number;
}

interface Compared {
  /** Spells of the register. */
  readonly rows: number;
  readonly floor: Timed;
  readonly ours: Ours;
  readonly ratio: number;
  /** Time, and processor time, grow with the spells to these powers since the size before; the floor's beside. */
  readonly exponents: Readonly<Record<"seconds" | "cpu" | "floorSeconds" | "floorCpu", number>> | null;
}

/** From a register's spells in Parquet to patterns and outcomes, against scanning and grouping the same columns by person. */
export async function benchPatterns(sizes: readonly number[]): Promise<readonly Measurement[]> {
  const compared: Compared[] = [];
  for (const rows of sizes) compared.push(await compare(rows, compared.at(-1)));
  mkdirSync(join("out", "bench"), { recursive: true });
  writeFileSync(join("out", "bench", "patterns.json"), `${JSON.stringify(compared, null, 2)}\n`);
  return compared.flatMap(({ rows, floor, ours, exponents }) => {
    const grows = exponents === null ? "" : `, ~n^${exponents.seconds.toFixed(2)}`;
    const spells = `${rows.toLocaleString("en-GB")} spells`;
    return [
      { name: `scan and group ${spells}`, seconds: floor.seconds, floor: null, megabytes: floor.megabytes },
      { name: `patterns of ${spells}${grows}`, seconds: ours.seconds, floor: floor.seconds, megabytes: ours.megabytes },
      {
        name: "  and outcomes of the matched",
        seconds: ours.withOutcomes,
        floor: floor.seconds,
        megabytes: ours.megabytes,
      },
    ];
  });
}

async function compare(rows: number, before: Compared | undefined): Promise<Compared> {
  const folder = mkdtempSync(join(tmpdir(), "duo-impact-bench-"));
  try {
    await makeSpells(rows, folder);
    const turns = Array.from({ length: rows > 1e7 ? 1 : 3 }, () => ({
      floor: inChild<Timed>(CHILD, "floor", folder),
      ours: inChild<Ours>(CHILD, "ours", folder),
    }));
    const floor = middle(turns.map((turn) => turn.floor));
    const ours = middle(turns.map((turn) => turn.ours));
    const power = (now: number, then: number): number => Math.log(now / then) / Math.log(rows / (before?.rows ?? rows));
    const exponents =
      before === undefined
        ? null
        : {
            seconds: power(ours.seconds, before.ours.seconds),
            cpu: power(ours.cpu, before.ours.cpu),
            floorSeconds: power(floor.seconds, before.floor.seconds),
            floorCpu: power(floor.cpu, before.floor.cpu),
          };
    return { rows, floor, ours, ratio: ours.seconds / floor.seconds, exponents };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
