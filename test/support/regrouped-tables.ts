import type { Finding } from "../../src/disclose/finding.ts";
import { uniform } from "./random.ts";
import { type Person, rate } from "./regional-tables.ts";

/* A network at random in two editions, between which regions were merged, split or renamed. */

const PLACES = ["brussels", "flanders", "wallonia", "france", "lille"] as const;
const YEARS = [2021, 2022] as const;
const SIZES = [6, 12, 25, 60] as const;
const KINDS = ["merged", "split", "renamed", "absorbed", "parted", "merged and renamed"] as const;

/** An edition: its years, and which figures tell of the persons of a place, the least that is told of anywhere. */
export interface Edition {
  readonly years: readonly number[];
  readonly isOf: (place: string, figure: Pick<Finding, "region" | "dimension" | "level">) => boolean;
  readonly findings: readonly Finding[];
}

/** The name of the region, or level, that each of the least is told of in. */
export type Names = Readonly<Record<string, string>>;

/** Persons of both editions are the same, or some of them have left or come since. */
export type Change = "none" | "left" | "came";

export interface Regrouped {
  readonly kind: (typeof KINDS)[number];
  readonly change: Change;
  readonly places: readonly string[];
  /** Places of which a reader can tell together who has left or come. */
  readonly groups: ReadonlyArray<readonly string[]>;
  readonly before: Edition;
  readonly after: Edition;
}

/** The two editions that a seed stands for: three of four tell of the network, a third of the later ones of a year more. */
export function regrouped(seed: number, metric = "placement_rate"): Regrouped {
  const random = uniform(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const persons = PLACES.flatMap((region) => {
    const size = SIZES[below(SIZES.length)] ?? 0;
    const chance = 0.1 + 0.8 * random();
    return [...YEARS, 2023].flatMap((year) =>
      Array.from({ length: below(size + 1) }, (): Person => ({ region, year, isPlaced: random() < chance })),
    );
  });
  const kind = KINDS[seed % KINDS.length] ?? "merged";
  const [one = "", other = "", third = ""] = PLACES.map((place) => ({ place, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ place }) => place);
  const own = Object.fromEntries(PLACES.map((place) => [place, place]));
  const together = { ...own, [one]: `${one}-${other}`, [other]: `${one}-${other}` };
  const ways: Readonly<Record<Regrouped["kind"], readonly [Names, Names]>> = {
    merged: [own, together],
    split: [together, own],
    renamed: [own, { ...own, [one]: `new ${one}` }],
    absorbed: [own, { ...own, [one]: other }],
    parted: [{ ...own, [one]: other }, own],
    "merged and renamed": [own, { ...together, [third]: `new ${third}` }],
  };
  const [first, second] = ways[kind];
  const hasNetwork = random() < 0.75;
  const years = random() < 1 / 3 ? [...YEARS, 2023] : YEARS;
  const change = random() < 0.5 ? "none" : random() < 0.5 ? "left" : "came";
  const chance = random() * 0.1;
  const fewer = persons.filter(() => random() >= chance);
  const edition = (own: readonly Person[], of: readonly number[], regionOf: Names): Edition => ({
    years: of,
    isOf: (place, { region }) => region === "network" || regionOf[place] === region,
    findings: told(own, of, regionOf, hasNetwork).map((finding) => ({ ...finding, metric })),
  });
  return {
    ...{ kind, change, places: PLACES, groups: [PLACES, ...hangingTogether(PLACES, [first, second])] },
    before: edition(change === "came" ? fewer : persons, YEARS, first),
    after: edition(change === "left" ? fewer : persons, years, second),
  };
}

/** Places that hang together by the names of either edition. */
export function hangingTogether(
  places: readonly string[],
  editions: readonly Names[],
): ReadonlyArray<readonly string[]> {
  const blocks: string[][] = [];
  for (const place of places) {
    const block = blocks.find((others) =>
      others.some((other) => editions.some((nameOf) => nameOf[other] === nameOf[place])),
    );
    if (block === undefined) blocks.push([place]);
    else block.push(place);
  }
  return blocks;
}

/** Years and, pooled, all of them. */
export const periodsOf = (years: readonly number[]): readonly string[] => [
  ...years.map(String),
  `${years[0]}-${years.at(-1)}`,
];

export const isIn = (period: string, year: number): boolean => period.includes("-") || period === String(year);

function told(
  persons: readonly Person[],
  years: readonly number[],
  regionOf: Names,
  hasNetwork: boolean,
): readonly Finding[] {
  const own = persons.filter(({ year }) => years.includes(year));
  const regions = [...(hasNetwork ? ["network"] : []), ...new Set(Object.values(regionOf))];
  return periodsOf(years).flatMap((period) =>
    regions.map((region) =>
      rate(
        { region, period },
        own.filter((one) => isIn(period, one.year) && (region === "network" || regionOf[one.region] === region)),
      ),
    ),
  );
}
