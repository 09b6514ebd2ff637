import { groupBy } from "../group-by.ts";
import { type EarlierValue, isShown } from "./earlier.ts";
import type { Finding } from "./finding.ts";
import { type Equation, type Figure, hiddenValues } from "./hidden-values.ts";
import { countName, HALVES, type Half, NETWORK } from "./place.ts";
import { anywhere, type Reading, readingsOf, type Told, toldOf } from "./region-readings.ts";
import { type Cell, exactly, halvesIn, within } from "./regions-within.ts";
import type { Solver } from "./solver.ts";

/** An earlier edition of which the regions aren't this one's. */
export interface RegionsBefore {
  /** What it told or hid of its regions, as it was: to be registered, never shown. */
  readonly findings: readonly Finding[];
  /** What it showed of them, under the names of these findings. */
  readonly told: readonly EarlierValue[];
  /** Findings over the same persons: as they were, and as they are. */
  readonly same: readonly Same[];
  /** Names of counts: the earlier edition's network, and its regions. */
  readonly sums: readonly Sum[];
}

export interface Same {
  readonly before: readonly Finding[];
  readonly now: readonly Finding[];
}

interface Sum {
  readonly whole: string;
  readonly parts: readonly string[];
}

/**
 * Regions are told apart by name. Where one edition has regions that the other lacks, a reader guesses what the old ones
 * are now (`region-readings.ts`), and sets one edition's figures against the other's: those of such regions, and of all
 * others, since who has left the network is who has left its regions. What the earlier edition hid isn't known here: it
 * gets numbers that agree with all that is (`hidden-values.ts`), since what a reader can work out doesn't depend on them.
 * @param findings of this edition, with sums of its years over the earlier edition's pooled periods
 */
export function regionsBefore(findings: readonly Finding[], told: readonly Told[], solver: Solver): RegionsBefore {
  const counted = findings.filter(isCounted);
  const editions = groupBy(
    told.filter((one) => !isShown(one) || one.roundedTo === undefined),
    (one) => one.edition,
  );
  const found = [...editions.values()].flatMap((edition) => ofEdition(counted, edition, solver));
  return {
    findings: found.flatMap((one) => one.findings),
    told: found.flatMap((one) => one.told),
    same: found.flatMap((one) => one.same),
    sums: found.flatMap((one) => one.sums),
  };
}

const isCounted = ({ cell: { kind, base }, dimension }: Finding): boolean =>
  (kind === "rate" || kind === "count") && base !== null && dimension !== "attrition";

const NOTHING: RegionsBefore = { findings: [], told: [], same: [], sums: [] };

function ofEdition(findings: readonly Finding[], told: readonly Told[], solver: Solver): readonly RegionsBefore[] {
  const atPlace = groupBy(findings, anywhere);
  const before = told.filter(({ place }) => atPlace.has(anywhere(place)));
  return readingsOf(findings, before).map((reading) => asRead(reading, before, findings, atPlace, solver));
}

function asRead(
  { name, blocks }: Reading,
  before: readonly Told[],
  findings: readonly Finding[],
  atPlace: ReadonlyMap<string, readonly Finding[]>,
  solver: Solver,
): RegionsBefore {
  const cells = blocks.flatMap((block) =>
    before.flatMap((one): readonly Cell[] => {
      const alike = block.before.includes(one.place.region) ? atPlace.get(anywhere(one.place)) : undefined;
      const like = alike?.find(({ region }) => block.now.includes(region)) ?? alike?.[0];
      return like === undefined ? [] : [{ one, finding: asBefore(like, one, name), like, block }];
    }),
  );
  if (cells.length === 0) return NOTHING;
  const same = sameOf(cells, atPlace);
  const sums = networkSums(cells, atPlace);
  const equations = [...within(cells, findings), ...same.flatMap(equationsOf), ...sums.map(equationOf)];
  const values = hiddenValues(cells.flatMap(figuresOf), equations, solver);
  if (values === null) return NOTHING;
  return {
    findings: cells.map(({ finding }) => withValues(finding, values)),
    told: cells.flatMap(({ one, finding }) => (isShown(one) ? [{ ...one, place: finding }] : [])),
    same,
    sums,
  };
}

/** A finding as the earlier edition told of it, in a region of a name that no region has. */
function asBefore(like: Finding, { place, edition = "" }: Told, reading: string): Finding {
  const region = `${place.region} as of ${edition}${reading}`;
  const renamed = (names: readonly string[]): readonly string[] =>
    names.map((name) => name.replace(` ${like.region} `, ` ${region} `));
  const { sets, parts, alongside: _, ...cell } = like.cell;
  return {
    ...like,
    region,
    cell: {
      ...cell,
      ...(sets === undefined
        ? {}
        : { sets: { base: renamed(sets.base ?? []), numerator: renamed(sets.numerator ?? []) } }),
      ...(parts === undefined ? {} : { parts: parts.map(renamed) }),
    },
  };
}

const withValues = (finding: Finding, values: ReadonlyMap<string, number>): Finding => {
  const value = (half: Half): number => values.get(countName(finding, half)) ?? 0;
  const numerator = finding.cell.numerator === null ? null : value("numerator");
  return { ...finding, value: null, n: value("base"), cell: { ...finding.cell, base: value("base"), numerator } };
};

/** Nobody is told as such, so what was hidden is somebody. */
const figuresOf = ({ one, finding }: Cell): readonly Figure[] =>
  halvesIn(finding).map((half) => ({
    name: countName(finding, half),
    value: toldOf(one, half),
    least: half === "base" || (finding.cell.isNobodyTold ?? false) ? 1 : 0,
  }));

/** The cells of each block at each place, with what this edition tells there. */
function sameOf(cells: readonly Cell[], atPlace: ReadonlyMap<string, readonly Finding[]>): readonly Same[] {
  const tables = groupBy(cells, ({ block, one }) => `${block.before.join()} ${anywhere(one.place)}`);
  return [...tables.values()].flatMap((table) => {
    const [first] = table;
    if (first === undefined) return [];
    const now = (atPlace.get(anywhere(first.one.place)) ?? []).filter(({ region }) => first.block.now.includes(region));
    return now.length === 0 ? [] : [{ before: table.map(({ finding }) => finding), now }];
  });
}

const valueIn = (findings: readonly Finding[], half: Half): number =>
  findings.reduce((sum, { cell }) => sum + (cell[half] ?? 0), 0);

/** As many as now, of both halves and of the others: the fewest have come or left, and not some while others did the reverse. */
function equationsOf({ before, now }: Same): readonly Equation[] {
  const halves = HALVES.filter((half) => now.every(({ cell }) => cell[half] !== null));
  const termsOf = (half: Half, factor: number) => before.map((finding) => [countName(finding, half), factor] as const);
  const others =
    halves.length < HALVES.length
      ? []
      : [
          exactly(
            [...termsOf("base", 1), ...termsOf("numerator", -1)],
            valueIn(now, "base") - valueIn(now, "numerator"),
            1,
          ),
        ];
  return [...halves.map((half) => exactly(termsOf(half, 1), valueIn(now, half), 1)), ...others];
}

const equationOf = ({ whole, parts }: Sum): Equation =>
  exactly([...parts.map((name) => [name, 1] as const), [whole, -1]], 0, 10);

/** What the earlier edition told of the network is what it told of all its regions. */
function networkSums(cells: readonly Cell[], atPlace: ReadonlyMap<string, readonly Finding[]>): readonly Sum[] {
  const told = cells.filter(({ one }) => one.place.dimension !== "branch");
  return [...groupBy(told, ({ one }) => anywhere(one.place))].flatMap(([key, table]) => {
    const whole = table.find(({ one }) => one.place.region === NETWORK);
    const parts = table.filter((cell) => cell !== whole);
    const now = atPlace.get(key) ?? [];
    if (whole === undefined || parts.length === 0) return [];
    return halvesIn(whole.finding)
      .filter((half) => doRegionsAddUp(now, half))
      .map((half) => ({
        whole: countName(whole.finding, half),
        parts: parts.map(({ finding }) => countName(finding, half)),
      }));
  });
}

function doRegionsAddUp(now: readonly Finding[], half: Half): boolean {
  const regions = now.filter(({ region }) => region !== NETWORK);
  return now.length > regions.length && valueIn(now, half) === 2 * valueIn(regions, half);
}
