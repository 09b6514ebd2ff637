import { type ClusterSums, clusterParts, twoWay } from "./clusters.ts";
import { armMeans, type Effect, type EffectSettings, effectOf, type Parts } from "./effect.ts";
import type { CellMeans, Sample } from "./errors.ts";

/** Who is matched with whom: positions of units (patterns of one row), one entry a match. */
export interface Pairs {
  readonly treated: Int32Array;
  readonly control: Int32Array;
}

interface SetSettings extends Omit<EffectSettings, "errors"> {
  /** Person of each unit, where one person has several; each unit is a person by default. */
  readonly person?: Int32Array;
}

/**
 * The effect with errors by matched set: pairs and k:1 without replacement. Sets are independent; V = sum over sets of
 * (sum of u)^2, u = +-w (y - mean) / W, with the factor of CR1. With several units a person, two-way (person, set).
 * Agrees with se_cluster_hc1_cadj of test/reference/matching/nearest_summary.csv and tiefree_summary.csv.
 * @param stratum the set of each pattern, -1 where unmatched
 */
export function effectBySet(sample: Sample, stratum: Int32Array, settings: SetSettings = {}): Effect {
  const means = armMeans(sample, settings.within);
  const rows = matchedRows(sample, means, settings.within);
  const bySet = clusterParts(sumsOver(sample, rows, (row) => stratum[row.unit] ?? -1));
  if (settings.person === undefined)
    return effectOf(sample, means, { type: "set", parts: kept(means, bySet) }, settings);
  const person = settings.person;
  const parts = twoWayOf(
    sample,
    rows,
    (row) => person[row.unit] ?? -1,
    (row) => stratum[row.unit] ?? -1,
  );
  return effectOf(sample, means, { type: "two-way", parts: kept(means, parts) }, settings);
}

/**
 * The effect with two-way errors (person, set): matching with replacement, where a control is in many sets. A row of
 * the computation is one membership: a participant with weight 1, a control with 1/m_i in each set it is in.
 * Agrees with se_getmatches_twoway of test/reference/matching/nearest_summary.csv.
 */
export function effectByPersonAndSet(sample: Sample, pairs: Pairs, settings: SetSettings = {}): Effect {
  const means = armMeans(sample, settings.within);
  const rows = memberships(sample, means, pairs, settings.within);
  const personOf = (row: Row): number => settings.person?.[row.unit] ?? row.unit;
  const parts = twoWayOf(sample, rows, personOf, (row) => row.set);
  return effectOf(sample, means, { type: "two-way", parts: kept(means, parts) }, settings);
}

/** One row of the regression: its unit, its set, and its influence on its arm's mean. */
interface Row {
  readonly unit: number;
  readonly set: number;
  readonly rows: number;
  readonly influence: number;
}

const kept = (means: CellMeans, parts: Parts | null): Parts | null =>
  means.weight.every((w) => w > 0) && means.leverage.every((h) => h < 1) ? parts : null;

const isIn = (within: Uint8Array | undefined, p: number): boolean => within === undefined || within[p] === 1;

function matchedRows(sample: Sample, means: CellMeans, within: Uint8Array | undefined): readonly Row[] {
  const found: Row[] = [];
  for (let unit = 0; unit < sample.patterns.size; unit++) {
    const w = sample.weights[unit] ?? 0;
    const n = sample.outcomes.rows[unit] ?? 0;
    if (w > 0 && n > 0 && isIn(within, unit))
      found.push({ unit, set: -1, rows: n, influence: influenceOf(sample, means, unit, w) });
  }
  return found;
}

function memberships(sample: Sample, means: CellMeans, pairs: Pairs, within: Uint8Array | undefined): readonly Row[] {
  const matches = new Map<number, number>();
  for (const treated of pairs.treated) matches.set(treated, (matches.get(treated) ?? 0) + 1);
  const found: Row[] = [];
  const add = (unit: number, set: number, w: number): void => {
    const rows = sample.outcomes.rows[unit] ?? 0;
    if (rows > 0 && isIn(within, unit)) found.push({ unit, set, rows, influence: influenceOf(sample, means, unit, w) });
  };
  for (const treated of matches.keys()) add(treated, treated, 1);
  pairs.treated.forEach((treated, i) => {
    add(pairs.control[i] ?? -1, treated, 1 / (matches.get(treated) ?? 1));
  });
  return found;
}

/** Sum over a unit's rows of w (y - mean) / W. */
function influenceOf(sample: Sample, means: CellMeans, unit: number, w: number): number {
  const arm = sample.patterns.arm[unit] === 1 ? 0 : 1;
  const { rows, sum } = sample.outcomes;
  return (w * ((sum[unit] ?? 0) - (rows[unit] ?? 0) * (means.mean[arm] ?? 0))) / (means.weight[arm] ?? 1);
}

function sumsOver(sample: Sample, rows: readonly Row[], clusterOf: (row: Row) => number | string): ClusterSums {
  const place = new Map<number | string, number>();
  for (const row of rows) if (!place.has(clusterOf(row))) place.set(clusterOf(row), place.size);
  const treated = new Float64Array(place.size);
  const control = new Float64Array(place.size);
  let count = 0;
  for (const row of rows) {
    const g = place.get(clusterOf(row)) ?? 0;
    const sums = sample.patterns.arm[row.unit] === 1 ? treated : control;
    sums[g] = (sums[g] ?? 0) + row.influence;
    count += row.rows;
  }
  return { treated, control, clusters: place.size, rows: count };
}

function twoWayOf(
  sample: Sample,
  rows: readonly Row[],
  personOf: (row: Row) => number,
  setOf: (row: Row) => number,
): Parts | null {
  return twoWay(
    clusterParts(sumsOver(sample, rows, personOf)),
    clusterParts(sumsOver(sample, rows, setOf)),
    clusterParts(sumsOver(sample, rows, (row) => `${personOf(row)}/${setOf(row)}`)),
  );
}
