import type { Cell, Finding } from "../../src/disclose/finding.ts";
import { uniform } from "./random.ts";

/* Placement rates of participants at random: by year and all years together, in total and by two dimensions. */

interface Participant {
  readonly year: number;
  readonly levels: readonly string[];
  readonly isPlaced: boolean;
}

const YEARS = [2014, 2015, 2016] as const;
const DIMENSIONS = { gender: ["man", "woman"], origin: ["near", "far", "between", "elsewhere"] } as const;
const SIZES = [15, 40, 90] as const;

/** All that is told of the participants that a seed stands for, of whom those not kept are missing. */
export function bond(seed: number, isKept: (participant: number) => boolean = () => true): readonly Finding[] {
  const random = uniform(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const size = SIZES[below(SIZES.length)] ?? 0;
  const chance = 0.2 + 0.6 * random();
  const all = Array.from({ length: size }, (): Participant => {
    // later levels are rarer
    const levels = Object.values(DIMENSIONS).map((of) => of[Math.floor(random() ** 2 * of.length)] ?? "");
    return { year: YEARS[below(YEARS.length)] ?? 0, levels, isPlaced: random() < chance };
  });
  const kept = all.filter((_, participant) => isKept(participant));
  return [...YEARS.map(String), `${YEARS[0]}-${YEARS[2]}`].flatMap((period) => {
    const own = kept.filter(({ year }) => period.includes("-") || String(year) === period);
    const byLevel = Object.entries(DIMENSIONS).flatMap(([dimension, levels], d) =>
      levels.map((level) =>
        rate(
          { period, dimension, level },
          own.filter((one) => one.levels[d] === level),
        ),
      ),
    );
    return [rate({ period, dimension: "total", level: "total" }, own), ...byLevel];
  });
}

function rate(at: Pick<Finding, "period" | "dimension" | "level">, group: readonly Participant[]): Finding {
  const base = group.length;
  const numerator = group.filter(({ isPlaced }) => isPlaced).length;
  const cell: Cell = { kind: "rate", persons: {}, base, numerator };
  return {
    ...{ metric: "placement_rate", region: "brussels", ...at, arm: "participants" },
    ...{ value: base === 0 ? null : numerator / base, lower: null, upper: null, n: base, unit: "proportion" },
    ...{ definition: "days90", window: "[0, 12) months", as_of: "2018-03-31", cell },
  };
}
