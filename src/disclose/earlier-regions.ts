import { groupBy } from "../group-by.ts";
import { type EarlierHidden, type EarlierValue, isShown } from "./earlier.ts";
import type { Finding } from "./finding.ts";
import { type Equation, type Figure, hiddenValues } from "./hidden-values.ts";
import { countName, HALVES, type Half, NETWORK, type Place } from "./place.ts";
import { type Cell, exactly, halvesIn, within } from "./regions-within.ts";
import { type Block, type Figures, regroupingOf } from "./regrouping.ts";
import type { Solver } from "./solver.ts";

/** Regions of an earlier edition that this one tells of under other names, together with others, or in parts. */
export interface RegionsBefore {
  /** What the earlier edition told or hid of them, as it was: to be registered, never shown. */
  readonly findings: readonly Finding[];
  /** What it showed of them, under the names of these findings. */
  readonly told: readonly EarlierValue[];
  /** Findings over the same persons: as they were, and as they are. */
  readonly same: readonly Same[];
  /** Names of counts that add up to a number by what the earlier edition told of the network. */
  readonly sums: readonly Sum[];
}

export interface Same {
  readonly before: readonly Finding[];
  readonly now: readonly Finding[];
}

interface Sum {
  readonly names: readonly string[];
  readonly value: number;
}

type Told = EarlierValue | EarlierHidden;

/**
 * Regions are told apart by name. Where one edition has regions that the other lacks, or the persons of a region have
 * changed, a reader guesses which of the old make which of the new (`regrouping.ts`), and sets one edition's figures
 * against the other's. What the earlier edition hid of such regions isn't known here: it gets numbers that agree with
 * all that is (`hidden-values.ts`), since what a reader can work out doesn't depend on them.
 * @param findings of this edition, with sums of its years over the earlier edition's pooled periods
 */
export function regionsBefore(findings: readonly Finding[], told: readonly Told[], solver: Solver): RegionsBefore {
  const counted = findings.filter(isCounted);
  const editions = groupBy(
    told.filter((one) => !isShown(one) || one.roundedTo === undefined),
    (one) => one.edition,
  );
  const found = [...editions.values()].map((edition) => ofEdition(counted, edition, solver));
  return {
    findings: found.flatMap((one) => one.findings),
    told: found.flatMap((one) => one.told),
    same: found.flatMap((one) => one.same),
    sums: found.flatMap((one) => one.sums),
  };
}

const isCounted = ({ cell: { kind, base }, dimension }: Finding): boolean =>
  (kind === "rate" || kind === "count") && base !== null && dimension !== "attrition";

/** What was told of a half: of nobody, nobody counts. */
const toldOf = (one: Told, half: Half): number | null => (!isShown(one) ? null : one.base === 0 ? 0 : one[half]);

const NOTHING: RegionsBefore = { findings: [], told: [], same: [], sums: [] };

/** A place in any region. */
const anywhere = (place: Place): string => countName({ ...place, region: "" }, "base");

function ofEdition(findings: readonly Finding[], told: readonly Told[], solver: Solver): RegionsBefore {
  const atPlace = groupBy(findings, anywhere);
  const before = told.filter(({ place }) => atPlace.has(anywhere(place)));
  const blocks = blocksOf(findings, before);
  const cells = blocks.flatMap((block) =>
    before.flatMap((one): readonly Cell[] => {
      const alike = block.before.includes(one.place.region) ? atPlace.get(anywhere(one.place)) : undefined;
      const like = alike?.find(({ region }) => block.now.includes(region)) ?? alike?.[0];
      return like === undefined ? [] : [{ one, finding: asBefore(like, one), like, block }];
    }),
  );
  if (cells.length === 0) return NOTHING;
  const same = sameOf(cells, atPlace);
  const sums = networkSums(cells, before, atPlace);
  const equations = [...within(cells, findings), ...same.flatMap(equationsOf), ...sums.map(equationOf)];
  const values = hiddenValues(cells.flatMap(figuresOf), equations, solver);
  if (values === null) return NOTHING;
  return {
    findings: cells.map(({ finding }) => withValues(finding, values)),
    told: cells.flatMap(({ one, finding }) => (isShown(one) ? [{ ...one, place: finding }] : [])),
    same,
    sums: sums.map(({ names, value, current }) => ({ names: [...names, ...current.map(({ name }) => name)], value })),
  };
}

/** Which regions of the earlier edition are which of this one, where they aren't the same as then. */
function blocksOf(findings: readonly Finding[], before: readonly Told[]): readonly Block[] {
  const current = byRegion(findings.map((place) => ({ place, figures: place.cell })));
  const earlier = byRegion(
    before.map((one) => ({ place: one.place, figures: { base: one.base, numerator: toldOf(one, "numerator") } })),
  );
  const lost = [...earlier.keys()].filter((region) => !current.has(region));
  const gained = [...current.keys()].filter((region) => !earlier.has(region));
  if (lost.length === 0 && gained.length === 0) return [];
  const changed = [...earlier]
    .filter(([region]) => current.has(region))
    .map(([region, figures]) => ({ region, by: changeOf(figures, current.get(region)) }))
    .filter(({ by }) => by > 0)
    .toSorted((a, b) => b.by - a.by || (a.region < b.region ? -1 : 1))
    .map(({ region }) => region);
  const among = (all: ReadonlyMap<string, Figures>, regions: readonly string[]) =>
    new Map([...regions, ...changed].flatMap((region) => [[region, all.get(region) ?? new Map()]]));
  return regroupingOf(among(earlier, lost), among(current, gained));
}

/** Figures of each region's total. */
function byRegion(
  told: ReadonlyArray<{ readonly place: Place; readonly figures: Readonly<Record<Half, number | null>> }>,
): ReadonlyMap<string, Figures> {
  const own = told.filter(({ place }) => place.region !== NETWORK && place.dimension === "total");
  const regions = groupBy(own, ({ place }) => place.region);
  return new Map(
    [...regions].map(([region, ones]) => [
      region,
      new Map(
        ones.flatMap(({ place, figures }) =>
          HALVES.map((half) => [`${half} ${anywhere(place)}`, figures[half]] as const),
        ),
      ),
    ]),
  );
}

/** By how much the shown figures of a region have changed: that nobody in it was shown is the most. */
function changeOf(before: Figures, now: Figures = new Map()): number {
  const shown = [...before].flatMap(([key, value]) =>
    value === null || value === 0 ? [] : [Math.abs(value - (now.get(key) ?? value))],
  );
  return shown.length === 0 ? Number.POSITIVE_INFINITY : shown.reduce((sum, change) => sum + change, 0);
}

/** A finding as the earlier edition told of it, in a region of a name that no region has. */
function asBefore(like: Finding, { place, edition = "" }: Told): Finding {
  const region = `${place.region} as of ${edition}`;
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

const equationsOf = ({ before, now }: Same): readonly Equation[] =>
  HALVES.filter((half) => now.every(({ cell }) => cell[half] !== null)).map((half) =>
    exactly(
      before.map((finding) => [countName(finding, half), 1] as const),
      valueIn(now, half),
      1,
    ),
  );

interface NetworkSum extends Sum {
  /** What of it is told in this edition, under the region's own name. */
  readonly current: ReadonlyArray<{ readonly name: string; readonly value: number }>;
}

const equationOf = ({ names, current, value }: NetworkSum): Equation =>
  exactly(
    names.map((name) => [name, 1] as const),
    current.reduce((left, one) => left - one.value, value),
    10,
  );

/** What the earlier edition told of the network, less the regions that it told of and that are in no block. */
function networkSums(
  cells: readonly Cell[],
  before: readonly Told[],
  atPlace: ReadonlyMap<string, readonly Finding[]>,
): readonly NetworkSum[] {
  const own = new Map(cells.map(({ one, finding }) => [one, finding]));
  const told = before.filter(({ place }) => place.dimension !== "branch");
  return [...groupBy(told, ({ place }) => anywhere(place))].flatMap(([key, table]) => {
    const whole = table.filter(isShown).find(({ place }) => place.region === NETWORK);
    const parts = table.filter(({ place }) => place.region !== NETWORK);
    const now = atPlace.get(key) ?? [];
    if (whole === undefined || !parts.some((one) => own.has(one))) return [];
    return HALVES.flatMap((half): readonly NetworkSum[] => {
      const total = whole[half];
      if (total === null || !doRegionsAddUp(now, half)) return [];
      const [names, current]: [string[], { name: string; value: number }[]] = [[], []];
      let value = total;
      for (const one of parts) {
        const finding = own.get(one);
        const shown = toldOf(one, half);
        const standing = now.find(({ region }) => region === one.place.region);
        if (finding !== undefined) names.push(countName(finding, half));
        else if (shown !== null) value -= shown;
        else if (standing !== undefined)
          current.push({ name: countName(standing, half), value: standing.cell[half] ?? 0 });
        else return [];
      }
      return [{ names, current, value }];
    });
  });
}

function doRegionsAddUp(now: readonly Finding[], half: Half): boolean {
  const regions = now.filter(({ region }) => region !== NETWORK);
  return now.length > regions.length && valueIn(now, half) === 2 * valueIn(regions, half);
}
