import type { Finding } from "../../src/disclose/finding.ts";
import { uniform } from "./random.ts";
import { type Person, rate } from "./regional-tables.ts";
import {
  type Change,
  type Edition,
  hangingTogether,
  isIn,
  type Names,
  periodsOf,
  type Regrouped,
} from "./regrouped-tables.ts";

/* A programme at random in two editions, between which levels of its participants were merged, split or renamed. */

const LEVELS = ["low", "medium", "high", "foreign"] as const;
const DIMENSION = "qualification";
const YEARS = [2021, 2022] as const;
const SIZES = [6, 12, 25, 60] as const;
const KINDS = ["merged", "split", "renamed", "absorbed", "parted", "merged and renamed"] as const;

interface Participant extends Person {
  readonly level: string;
}

export interface RegroupedLevels extends Regrouped {
  /** What a project would declare of it: the old levels of each new one. */
  readonly declared: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;
}

/**
 * The two editions that a seed stands for: half tell of one region, half of two and the network; half of the new levels
 * have names of their own, half those of the old ones in theirs; a third of the later editions tell of a year more.
 */
export function regroupedLevels(seed: number, metric = "placement_rate"): RegroupedLevels {
  const random = uniform(seed);
  const below = (limit: number): number => Math.floor(random() * limit);
  const regions = random() < 0.5 ? ["brussels"] : ["brussels", "flanders"];
  const persons = regions.flatMap((region) =>
    LEVELS.flatMap((level) => {
      const size = SIZES[below(SIZES.length)] ?? 0;
      const chance = 0.1 + 0.8 * random();
      return [...YEARS, 2023].flatMap((year) =>
        Array.from(
          { length: below(size + 1) },
          (): Participant => ({ region, level, year, isPlaced: random() < chance }),
        ),
      );
    }),
  );
  const kind = KINDS[seed % KINDS.length] ?? "merged";
  const [one = "", other = "", third = ""] = LEVELS.map((level) => ({ level, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ level }) => level);
  const isNamed = random() < 0.5;
  const own = Object.fromEntries(LEVELS.map((level) => [level, level]));
  const both = isNamed ? `${one} and ${other}` : "upper";
  const together = { ...own, [one]: both, [other]: both };
  const anew = (level: string, name: string): string => (isNamed ? `new ${level}` : name);
  const ways: Readonly<Record<Regrouped["kind"], readonly [Names, Names]>> = {
    merged: [own, together],
    split: [together, own],
    renamed: [own, { ...own, [one]: anew(one, "basic") }],
    absorbed: [own, { ...own, [one]: other }],
    parted: [{ ...own, [one]: other }, own],
    "merged and renamed": [own, { ...together, [third]: anew(third, "basic") }],
  };
  const [first, second] = ways[kind];
  const years = random() < 1 / 3 ? [...YEARS, 2023] : YEARS;
  const change: Change = random() < 0.5 ? "none" : random() < 0.5 ? "left" : "came";
  const chance = random() * 0.1;
  const fewer = persons.filter(() => random() >= chance);
  const edition = (of: readonly Participant[], told: readonly number[], levelOf: Names): Edition => ({
    years: told,
    isOf: (place, { region, dimension, level }) => {
      const [where = "", which = ""] = place.split(" ");
      return (region === "network" || region === where) && (dimension === "total" || levelOf[which] === level);
    },
    findings: figures(of, told, regions, levelOf).map((finding) => ({ ...finding, metric })),
  });
  const placesIn = (some: readonly string[], levels: readonly string[]) =>
    some.flatMap((region) => levels.map((level) => `${region} ${level}`));
  const scopes = regions.length > 1 ? [regions, ...regions.map((region) => [region])] : [regions];
  const blocks = [LEVELS, ...hangingTogether(LEVELS, [first, second])];
  return {
    ...{ kind, change, declared: { [DIMENSION]: oldOf(first, second) } },
    places: placesIn(regions, LEVELS),
    groups: scopes.flatMap((some) => blocks.map((levels) => placesIn(some, levels))),
    before: edition(change === "came" ? fewer : persons, YEARS, first),
    after: edition(change === "left" ? fewer : persons, years, second),
  };
}

/** The old levels of each new one, where they aren't itself alone. */
function oldOf(first: Names, second: Names): Readonly<Record<string, readonly string[]>> {
  const names = [...new Set(Object.values(second))].map((name) => {
    const old = LEVELS.filter((level) => second[level] === name).map((level) => first[level] ?? level);
    return [name, [...new Set(old)]] as const;
  });
  const isItself = (name: string): boolean =>
    LEVELS.every((level) => (first[level] === name) === (second[level] === name));
  return Object.fromEntries(names.filter(([name]) => !isItself(name)));
}

function figures(
  persons: readonly Participant[],
  years: readonly number[],
  regions: readonly string[],
  levelOf: Names,
): readonly Finding[] {
  const own = persons.filter(({ year }) => years.includes(year));
  const levels = [...new Set(Object.values(levelOf))];
  return periodsOf(years).flatMap((period) =>
    [...(regions.length > 1 ? ["network"] : []), ...regions].flatMap((region) => {
      const here = own.filter((one) => isIn(period, one.year) && (region === "network" || one.region === region));
      return [
        rate({ region, period }, here),
        ...levels.map((level) => ({
          ...rate(
            { region, period },
            here.filter((one) => levelOf[one.level] === level),
          ),
          ...{ dimension: DIMENSION, level },
        })),
      ];
    }),
  );
}
