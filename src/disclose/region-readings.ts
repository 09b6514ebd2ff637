import { groupBy } from "../group-by.ts";
import { type EarlierHidden, type EarlierValue, isShown } from "./earlier.ts";
import type { Finding } from "./finding.ts";
import { countName, HALVES, type Half, NETWORK, type Place } from "./place.ts";
import { type Block, type Figures, regroupingOf } from "./regrouping.ts";

export type Told = EarlierValue | EarlierHidden;

/** What was told of a half: of nobody, nobody counts. */
export const toldOf = (one: Told, half: Half): number | null => (!isShown(one) ? null : one.base === 0 ? 0 : one[half]);

/** A place in any region. */
export const anywhere = (place: Place): string => countName({ ...place, region: "" }, "base");

/** What a reader takes each region of an earlier edition to be in this one: nothing where its persons have left. */
export interface Reading {
  /** What tells it from other readings of the same edition. */
  readonly name: string;
  readonly blocks: readonly Block[];
}

/**
 * How the regions of an earlier edition can be read, where this one doesn't tell of the same: as merged, split or renamed
 * as it fits best (`regrouping.ts`); and where regions are only gone, or only new, and the network can have lost or
 * gained as many, as just that.
 */
export function readingsOf(findings: readonly Finding[], before: readonly Told[]): readonly Reading[] {
  const current = byRegion(findings.map((place) => ({ place, figures: place.cell })));
  const earlier = byRegion(
    before.map((one) => ({ place: one.place, figures: { base: one.base, numerator: toldOf(one, "numerator") } })),
  );
  const regions = [...earlier.keys()].filter((region) => region !== NETWORK);
  const lost = regions.filter((region) => !current.has(region));
  const gained = [...current.keys()].filter((region) => region !== NETWORK && !earlier.has(region));
  if (lost.length === 0 && gained.length === 0) return [];
  const changed = regions
    .filter((region) => current.has(region))
    .map((region) => ({ region, by: changeOf(earlier.get(region), current.get(region)) }))
    .filter(({ by }) => by > 0)
    .toSorted((a, b) => b.by - a.by || (a.region < b.region ? -1 : 1))
    .map(({ region }) => region);
  const among = (all: ReadonlyMap<string, Figures>, some: readonly string[]) =>
    new Map([...some, ...changed].flatMap((region) => [[region, all.get(region) ?? new Map()]]));
  const regrouped = regroupingOf(among(earlier, lost), among(current, gained));
  const readings = [{ name: "", blocks: regrouped }];
  const [more, less, others] = gained.length === 0 ? [earlier, current, lost] : [current, earlier, gained];
  const isOneSided = lost.length === 0 || gained.length === 0;
  if (isOneSided && regrouped.length > 0 && canLack(others, more, less))
    readings.push({ name: ", one by one", blocks: [] });
  return readings.map(({ name, blocks }) => {
    const known = new Set(blocks.flatMap((block) => block.before));
    const alone = [...earlier.keys()].filter((region) => !known.has(region));
    return {
      name,
      blocks: [...blocks, ...alone.map((region) => ({ before: [region], now: current.has(region) ? [region] : [] }))],
    };
  });
}

/** Whether the network is told of, and tells of no fewer persons less in the one edition than these regions have in the other. */
function canLack(
  regions: readonly string[],
  more: ReadonlyMap<string, Figures>,
  less: ReadonlyMap<string, Figures>,
): boolean {
  const [all, rest] = [more.get(NETWORK), less.get(NETWORK)];
  if (all === undefined || rest === undefined) return false;
  return [...all].every(([key, value]) => {
    const left = rest.get(key) ?? null;
    const told = regions.reduce((sum, region) => sum + (more.get(region)?.get(key) ?? 0), 0);
    return value === null || left === null || value - left >= told;
  });
}

/** Figures of each region's total. */
function byRegion(
  told: ReadonlyArray<{ readonly place: Place; readonly figures: Readonly<Record<Half, number | null>> }>,
): ReadonlyMap<string, Figures> {
  const own = told.filter(({ place }) => place.dimension === "total");
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
function changeOf(before: Figures = new Map(), now: Figures = new Map()): number {
  const shown = [...before].flatMap(([key, value]) =>
    value === null || value === 0 ? [] : [Math.abs(value - (now.get(key) ?? value))],
  );
  return shown.length === 0 ? Number.POSITIVE_INFINITY : shown.reduce((sum, change) => sum + change, 0);
}
