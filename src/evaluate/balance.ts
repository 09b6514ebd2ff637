import type { Covariate, Patterns, RestOfControls } from "./patterns.ts";

/** What a measure is computed from, on one side (before or after) of a match. */
interface ColumnSides {
  readonly binary: boolean;
  readonly treated: Moments;
  readonly control: Moments;
  /** SD of all participants before matching, on both sides the same. */
  readonly denominator: number;
  /** |F_T - F_C| at each distinct value of all rows; only where the column is not binary. */
  readonly gaps: () => readonly number[];
}

interface Moments {
  readonly weight: number;
  readonly mean: number;
  /** Weighted variance, sum w (x - mean)^2 W / (W^2 - sum w^2), n - 1 without weights; NaN for 0/1. */
  readonly variance: number;
}

interface BalanceMeasure {
  readonly name: string;
  /** |value| above which the match is called unbalanced; measures without one are shown only. */
  readonly threshold?: number;
  /** Null where the measure does not apply. */
  readonly compute: (sides: ColumnSides) => number | null;
}

/** A measure is one entry here, which tables, plots and verdicts all read. */
export const MEASURES: readonly BalanceMeasure[] = [
  {
    name: "smd",
    threshold: 0.1,
    compute: ({ treated, control, denominator }) =>
      denominator > 0 ? (treated.mean - control.mean) / denominator : treated.mean - control.mean,
  },
  { name: "difference", compute: ({ treated, control }) => treated.mean - control.mean },
  {
    name: "varianceRatio",
    compute: ({ binary, treated, control }) =>
      binary || !(control.variance > 0) || Number.isNaN(treated.variance) ? null : treated.variance / control.variance,
  },
  {
    name: "ecdfMean",
    compute: (sides) => (sides.binary ? Math.abs(sides.treated.mean - sides.control.mean) : meanOf(sides.gaps())),
  },
  {
    name: "ecdfMax",
    compute: (sides) =>
      sides.binary
        ? Math.abs(sides.treated.mean - sides.control.mean)
        : sides.gaps().reduce((a, b) => Math.max(a, b), 0),
  },
];

/**
 * One measure (a name of `MEASURES`) of a covariate or one of its levels: `smd` in standard deviations, the plain
 * difference where `denominator` is 0; `difference` in the covariate's own unit, a share for levels.
 */
export interface BalanceEntry {
  readonly covariate: string;
  /** Null for a numeric covariate. */
  readonly level: string | null;
  readonly measure: string;
  /** Null where the measure does not apply, or an arm is empty. */
  readonly before: number | null;
  readonly after: number | null;
  /** SD of all participants before matching: n - 1 for numbers, sqrt(p(1-p)) for 0/1. */
  readonly denominator: number | null;
}

/**
 * Balance before and after a match, for every level of every covariate, matched on or not.
 * A numeric 0/1 covariate is one binary row (`level` null); other numbers are one row; text is one row a level.
 * Numbers that aren't known (NaN) are left out of their own row.
 * Agrees with test/reference/matching/balance.csv (smd_treated, var_ratio, ecdf_mean, ecdf_max).
 * @param denominators of each row of the table, where they aren't those of these patterns' participants
 */
export function balance(
  patterns: Patterns,
  weights: Float64Array,
  measures: readonly BalanceMeasure[] = MEASURES,
  denominators?: readonly (number | null)[],
): readonly BalanceEntry[] {
  let row = 0;
  return patterns.covariates.flatMap((covariate, c) => {
    const before = sidesBefore(patterns, covariate, c);
    const after = sidesOf(patterns, weights, covariate);
    return namesOf(covariate).flatMap((level, i) => {
      const own = before === null ? null : spread(before[i]);
      const denominator = denominators === undefined ? own : (denominators[row] ?? null);
      row++;
      const measured = (side: readonly Side[] | null, measure: BalanceMeasure): number | null => {
        const sides = side?.[i];
        return sides === undefined || denominator === null ? null : measure.compute({ ...sides, denominator });
      };
      return measures.map((measure) => ({
        covariate: covariate.name,
        level,
        measure: measure.name,
        before: measured(before, measure),
        after: measured(after, measure),
        denominator,
      }));
    });
  });
}

/**
 * Balance among the rows of some patterns only, a subgroup's, by the same weights; differences stand in the standard
 * deviations of all participants, so that subgroups compare.
 * @param within 1 for the patterns that count
 * @throws RangeError where controls stand in no pattern, so that nobody knows which are within
 */
export function balanceWithin(
  patterns: Patterns,
  weights: Float64Array,
  within: Uint8Array,
  whole: readonly BalanceEntry[],
): readonly BalanceEntry[] {
  if (patterns.rest !== undefined) throw new RangeError("controls in no pattern cannot be told apart by subgroup");
  const denominators = whole.filter(({ measure }) => measure === "smd").map(({ denominator }) => denominator);
  const isWithin = (_: unknown, p: number): boolean => within[p] === 1;
  const arm = patterns.arm.filter(isWithin);
  const own: Patterns = {
    size: arm.length,
    arm,
    month: patterns.month.filter(isWithin),
    covariates: patterns.covariates.map((of) =>
      of.kind === "numeric"
        ? { ...of, values: of.values.filter(isWithin) }
        : { ...of, codes: of.codes.filter(isWithin) },
    ),
    rows: patterns.rows.filter(isWithin),
  };
  return balance(own, weights.filter(isWithin), MEASURES, denominators);
}

type Side = Omit<ColumnSides, "denominator">;

const namesOf = (covariate: Covariate): readonly (string | null)[] =>
  covariate.kind === "numeric" ? [null] : covariate.levels;

/** Largest |value after| of a measure; null where it is nowhere defined. */
export function largest(entries: ReadonlyArray<Omit<BalanceEntry, "denominator">>, measure: string): number | null {
  const values = entries.filter((e) => e.measure === measure && e.after !== null).map((e) => Math.abs(e.after ?? 0));
  return values.length === 0 ? null : values.reduce((a, b) => Math.max(a, b));
}

/** Everybody, with the controls that stand in no pattern as further patterns of this covariate alone. */
function sidesBefore(patterns: Patterns, covariate: Covariate, c: number): readonly Side[] | null {
  const rest = patterns.rest?.covariates[c];
  const all = rest === undefined ? { patterns, covariate } : withRest(patterns, covariate, rest);
  return sidesOf(all.patterns, new Float64Array(all.patterns.size).fill(1), all.covariate);
}

function withRest(patterns: Patterns, covariate: Covariate, rest: RestOfControls["covariates"][number]) {
  const size = patterns.size + rest.rows.length;
  const arm = new Uint8Array(size);
  arm.set(patterns.arm);
  const all = { ...patterns, size, arm, rows: joined(patterns.rows, rest.rows) };
  if (covariate.kind === "numeric" && rest.of.kind === "numeric")
    return { patterns: all, covariate: { ...covariate, values: joined(covariate.values, rest.of.values) } };
  if (covariate.kind !== "categorical" || rest.of.kind !== "categorical") return { patterns, covariate };
  const codes = new Int32Array(size);
  codes.set(covariate.codes);
  codes.set(rest.of.codes, patterns.size);
  return { patterns: all, covariate: { ...covariate, codes } };
}

function joined(one: Float64Array, two: Float64Array): Float64Array {
  const both = new Float64Array(one.length + two.length);
  both.set(one);
  both.set(two, one.length);
  return both;
}

/** One entry a level, or one for a numeric covariate; null where an arm has no weight. */
function sidesOf(patterns: Patterns, weights: Float64Array, covariate: Covariate): readonly Side[] | null {
  if (covariate.kind === "categorical") return levelSides(patterns, weights, covariate);
  const { values } = covariate;
  const binary = values.every((value) => value === 0 || value === 1 || Number.isNaN(value));
  const treated = momentsOf(patterns, weights, values, 1);
  const control = momentsOf(patterns, weights, values, 0);
  if (treated === null || control === null) return null;
  let gaps: readonly number[] | undefined;
  return [
    {
      binary,
      treated,
      control,
      gaps: () => {
        gaps ??= gapsOf(patterns, weights, values, treated.weight, control.weight);
        return gaps;
      },
    },
  ];
}

/** All levels in one pass: a level's mean is its share of the arm's weight. */
function levelSides(
  patterns: Patterns,
  weights: Float64Array,
  { codes, levels }: Extract<Covariate, { kind: "categorical" }>,
): readonly Side[] | null {
  const totals: [number, number] = [0, 0];
  const sums = [new Float64Array(levels.length), new Float64Array(levels.length)] as const;
  for (let p = 0; p < patterns.size; p++) {
    const arm = patterns.arm[p] === 1 ? 1 : 0;
    const code = codes[p] ?? -1;
    const mass = (patterns.rows[p] ?? 0) * (weights[p] ?? 0);
    totals[arm] += mass;
    if (code >= 0) sums[arm][code] = (sums[arm][code] ?? 0) + mass;
  }
  if (!(totals[0] > 0 && totals[1] > 0)) return null;
  const share = (arm: 0 | 1, code: number): Moments => {
    return { weight: totals[arm], mean: (sums[arm][code] ?? 0) / totals[arm], variance: Number.NaN };
  };
  return levels.map((_, code) => ({ binary: true, treated: share(1, code), control: share(0, code), gaps: () => [] }));
}

/** sqrt(p(1-p)) or the n - 1 standard deviation of participants; 0 where neither exists. */
function spread(side: Side | undefined): number {
  if (side === undefined) return 0;
  const { mean, variance } = side.treated;
  const squared = side.binary ? mean * (1 - mean) : variance;
  return squared > 0 ? Math.sqrt(squared) : 0;
}

function momentsOf(patterns: Patterns, weights: Float64Array, values: Float64Array, arm: 0 | 1): Moments | null {
  let total = 0;
  let squares = 0;
  let sum = 0;
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (let p = 0; p < patterns.size; p++) {
    if (patterns.arm[p] !== arm || Number.isNaN(values[p])) continue;
    const n = patterns.rows[p] ?? 0;
    const w = weights[p] ?? 0;
    const value = values[p] ?? 0;
    total += n * w;
    squares += n * w * w;
    sum += n * w * value;
    if (n * w > 0) [least, most] = [Math.min(least, value), Math.max(most, value)];
  }
  if (!(total > 0)) return null;
  // a mean of equal numbers is a last digit off, and that over the deviation it makes would be a difference of some deviations
  const mean = least === most ? least : sum / total;
  let deviations = 0;
  for (let p = 0; p < patterns.size; p++)
    if (patterns.arm[p] === arm && !Number.isNaN(values[p]))
      deviations += (patterns.rows[p] ?? 0) * (weights[p] ?? 0) * ((values[p] ?? 0) - mean) ** 2;
  const freedom = total ** 2 - squares;
  return { weight: total, mean, variance: freedom > 0 ? (deviations * total) / freedom : Number.NaN };
}

/** Walks the values upwards; after the last pattern of a value, the gap between the two weighted ecdfs. */
function gapsOf(
  patterns: Patterns,
  weights: Float64Array,
  values: Float64Array,
  weightT: number,
  weightC: number,
): readonly number[] {
  const gaps: number[] = [];
  const order = ascending(values);
  let gap = 0;
  order.forEach((p, i) => {
    const mass = (patterns.rows[p] ?? 0) * (weights[p] ?? 0);
    gap += patterns.arm[p] === 1 ? mass / weightT : -mass / weightC;
    const next = order[i + 1];
    if (next === undefined || values[next] !== values[p]) gaps.push(Math.abs(gap));
  });
  return gaps;
}

const ascending = (values: Float64Array): Int32Array =>
  Int32Array.from(values.keys())
    .filter((p) => !Number.isNaN(values[p]))
    .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
