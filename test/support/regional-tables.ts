import type { Finding } from "../../src/disclose/finding.ts";
import { uniform } from "./random.ts";

/* Placement rates of a network at random: by region and year, in all regions and years together. */

export interface Person {
  readonly region: string;
  readonly year: number;
  readonly isPlaced: boolean;
}

export const REGIONS = ["brussels", "flanders", "wallonia", "france"] as const;
export const YEARS = [2021, 2022] as const;
export const POOLED = `${YEARS[0]}-${YEARS[1]}`;
const SIZES = [6, 12, 25, 60] as const;

/** The network that a seed stands for, with and without one of its regions, which other persons have left too in half of them. */
export function regional(seed: number) {
  const random = uniform(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const persons = REGIONS.flatMap((region) => {
    const size = SIZES[below(SIZES.length)] ?? 0;
    const chance = 0.1 + 0.8 * random();
    return YEARS.flatMap((year) =>
      Array.from({ length: below(size + 1) }, (): Person => ({ region, year, isPlaced: random() < chance })),
    );
  });
  const lost = REGIONS[below(REGIONS.length)] ?? REGIONS[0];
  const chance = random() < 0.5 ? random() * 0.1 : 0;
  const others = persons.filter(({ region }) => region !== lost && random() >= chance);
  return {
    lost,
    all: ratesOf(persons, REGIONS),
    others: ratesOf(
      others,
      REGIONS.filter((region) => region !== lost),
    ),
  };
}

const ratesOf = (persons: readonly Person[], regions: readonly string[]): readonly Finding[] =>
  [...YEARS.map(String), POOLED].flatMap((period) =>
    ["network", ...regions].map((region) =>
      rate(
        { region, period },
        persons.filter(
          (one) =>
            (period === POOLED || String(one.year) === period) && (region === "network" || one.region === region),
        ),
      ),
    ),
  );

export function rate(at: Pick<Finding, "region" | "period">, group: readonly Person[]): Finding {
  const [base, numerator] = [group.length, group.filter(({ isPlaced }) => isPlaced).length];
  return {
    ...{ metric: "placement_rate", ...at, dimension: "total", level: "total", arm: "participants" },
    ...{ value: base === 0 ? null : numerator / base, lower: null, upper: null, n: base, unit: "proportion" },
    ...{ definition: "days90", window: "[0, 12) months", as_of: "2024-03-31" },
    cell: { kind: "rate", persons: {}, base, numerator },
  };
}
