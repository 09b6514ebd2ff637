import { armCells, type CellMeans, cellMeans, covariance, type ErrorType, type Sample } from "./errors.ts";
import { type Interval, logInterval, zInterval } from "./intervals.ts";
import { twoSidedP } from "./normal.ts";
import { wilsonOfRate } from "./proportions.ts";
import { missingError, type Verdict } from "./verdicts.ts";

/**
 * How the published error was made: HC and CR as in errors.ts; CR3 deletes one person at a time; `set` and `two-way`
 * for matched sets; `matched` (Abadie-Imbens) and `stratified` (plug-in) for strata; `stacked` counts the fit of the
 * weights in (odds, entropy), which HC and CR take as fixed.
 */
export type SeType = ErrorType | "CR3" | "set" | "two-way" | "matched" | "stratified" | "stacked";

/** Covariance of the two means: participants', controls', and between them. */
export interface Parts {
  readonly tt: number;
  readonly cc: number;
  readonly tc: number;
}

/** How one estimate is made of a match that stands; none of it changes a weight. */
export interface EffectSettings {
  /** Default: CR1 where recurrence has a pair, else HC3. */
  readonly errors?: ErrorType;
  /** 1 for the patterns to keep (a year, a subgroup level), one a pattern; the match stays the same. Default all. */
  readonly within?: Uint8Array;
  /** Distinct persons among the matched rows kept; rows are persons by default. */
  readonly persons?: number;
  /** Effective persons by arm, for rates of 0 and 1 where persons recur; Kish by row by default. */
  readonly effective?: { readonly treated: number | null; readonly control: number | null };
}

/**
 * A value with its 95 % interval: plain for differences, on the logarithm for ratios, Wilson for rates. All null where
 * an arm is empty, limits alone where there is no error.
 */
export interface Estimate {
  readonly estimate: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
}

/** Participants' mean minus controls': a fraction for outcomes of 0 and 1 (0.092, not 9.2 points). */
export interface Difference extends Estimate {
  readonly se: number | null;
  readonly seType: SeType;
  /** Two-sided, normal. */
  readonly p: number | null;
}

/** The effect on matched participants. Proportions for a 0/1 outcome; the outcome's own unit otherwise. */
export interface Effect {
  readonly rates: { readonly treated: Estimate; readonly control: Estimate };
  readonly difference: Difference;
  /** treated / control - 1. */
  readonly relative: Estimate;
  readonly riskRatio: Estimate;
  readonly oddsRatio: Estimate;
  /** Rows with a weight, and placements (sum of the outcome) among them. */
  readonly rows: { readonly treated: number; readonly control: number };
  readonly sums: { readonly treated: number; readonly control: number };
  /** S_TT, S_CC, S_TC of the two means, with the error's factor; null where there is none. */
  readonly covariance: Parts | null;
  /** What could not be answered, and why. */
  readonly verdicts: readonly Verdict[];
}

const NONE: Estimate = { estimate: null, lower: null, upper: null };

/**
 * Participants' mean, weighted controls' mean, and their contrasts, over matched rows (method.md §5).
 * Intervals are 95 %, z = 1.959963984540054: plain for the difference, on the log for ratios, on the logit for the odds
 * ratio, Wilson for rates with n_eff = p(1-p)/V(p) (n itself where all weights are equal and nobody recurs).
 * Where statistics has no answer the value is null and a verdict says why; never NaN.
 * Agrees with test/reference/matching/exact_cem_summary.csv (mean_*, att, se_hc0 to se_hc3).
 */
export function estimateEffect(sample: Sample, settings: EffectSettings = {}): Effect {
  const group = Int32Array.from({ length: sample.patterns.size }, (_, p) => (settings.within?.[p] === 0 ? -1 : 0));
  const cells = armCells(sample.patterns, group, 1);
  const means = cellMeans(sample, cells);
  const clustered = (sample.recurrence?.rows.length ?? 0) > 0;
  const type = settings.errors ?? (clustered ? "CR1" : "HC3");
  const [rowsT, rowsC] = pair(means.rows);
  const v = covariance(sample, cells, means, type, settings.persons ?? rowsT + rowsC);
  const parts = v === null ? null : { tt: v[0] ?? 0, cc: v[3] ?? 0, tc: ((v[1] ?? 0) + (v[2] ?? 0)) / 2 };
  return effectOf(sample, means, { type, parts }, settings);
}

/** The participants' and controls' weighted means of the patterns kept: cells 0 and 1. */
export function armMeans(sample: Sample, within?: Uint8Array): CellMeans {
  const group = Int32Array.from({ length: sample.patterns.size }, (_, p) => (within?.[p] === 0 ? -1 : 0));
  return cellMeans(sample, armCells(sample.patterns, group, 1));
}

/**
 * The effect from two weighted means and an error made elsewhere (sets.ts, strata-errors.ts, delete-one-person.ts).
 * @param error the covariance of the means, or the variance of their difference where only that is known; null if none
 */
export function effectOf(
  sample: Sample,
  means: CellMeans,
  error: { readonly type: SeType; readonly parts: Parts | null; readonly variance?: number | null },
  settings: EffectSettings = {},
): Effect {
  const { type, parts } = error;
  const scale = isBinary(sample) ? "proportion" : "mean";
  const { centre = 0 } = sample.outcomes;
  const rate = (arm: 0 | 1) => rateOf(means, arm, parts, scale, type, { ...settings, centre });
  const rates = { treated: rate(0), control: rate(1) };
  const variance = error.variance ?? (parts === null ? null : parts.tt + parts.cc - 2 * parts.tc);
  const gap = centre === 0 ? undefined : (means.mean[0] ?? 0) - (means.mean[1] ?? 0);
  return {
    rates,
    ...contrasts(rates.treated.estimate, rates.control.estimate, { parts, variance, type }, scale, gap),
    rows: { treated: means.rows[0] ?? 0, control: means.rows[1] ?? 0 },
    sums: { treated: means.sum[0] ?? 0, control: means.sum[1] ?? 0 },
    covariance: parts,
    verdicts: missingError(means, variance),
  };
}

/** Whether the outcome is 0 or 1 in every row, as far as sums and sums of squares can tell. */
export function isBinary(sample: Pick<Sample, "outcomes">): boolean {
  const { rows, sum, sumsq, centre = 0 } = sample.outcomes;
  if (centre !== 0) return false;
  return sum.every((s, p) => s === sumsq[p] && s >= 0 && s <= (rows[p] ?? 0) && Number.isInteger(s));
}

/** Difference (`gap` where means have lost digits of it), relative uplift, ratios of two means; each null where it does not exist. */
function contrasts(
  t: number | null,
  c: number | null,
  error: { parts: Parts | null; variance: number | null; type: SeType },
  scale: "proportion" | "mean",
  gap = (t ?? 0) - (c ?? 0),
) {
  const { parts: v, variance, type: seType } = error;
  if (t === null || c === null) {
    const difference: Difference = { ...NONE, se: null, seType, p: null };
    return { difference, relative: NONE, riskRatio: NONE, oddsRatio: NONE };
  }
  const riskRatio = ratioOf(t, c, v);
  const shift = (value: number | null) => (value === null ? null : value - 1);
  return {
    difference: differenceOf(gap, variance, seType),
    relative: {
      estimate: shift(riskRatio.estimate),
      lower: shift(riskRatio.lower),
      upper: shift(riskRatio.upper),
    },
    riskRatio,
    oddsRatio: scale === "proportion" ? oddsRatioOf(t, c, v) : NONE,
  };
}

function differenceOf(estimate: number, variance: number | null, seType: SeType): Difference {
  if (variance === null || !(variance > 0)) return { estimate, se: null, lower: null, upper: null, seType, p: null };
  const se = Math.sqrt(variance);
  return { estimate, se, ...zInterval(estimate, se), seType, p: twoSidedP(estimate / se) };
}

/** t/c where c > 0 and t >= 0; V(log) = S_TT/t^2 + S_CC/c^2 - 2 S_TC/(t c). */
function ratioOf(t: number, c: number, v: Parts | null): Estimate {
  if (!(c > 0) || t < 0) return NONE;
  const estimate = t / c;
  if (v === null || !(t > 0)) return { ...NONE, estimate };
  return { estimate, ...logInterval(estimate, v.tt / t ** 2 + v.cc / c ** 2 - (2 * v.tc) / (t * c)) };
}

/** Odds ratio where c is neither 0 nor 1; dp/dlogit = p(1-p). */
function oddsRatioOf(t: number, c: number, v: Parts | null): Estimate {
  if (!(c > 0 && c < 1 && t < 1)) return NONE;
  const estimate = (t / (1 - t)) * ((1 - c) / c);
  if (v === null || !(t > 0)) return { ...NONE, estimate };
  const [slopeT, slopeC] = [t * (1 - t), c * (1 - c)];
  return {
    estimate,
    ...logInterval(estimate, v.tt / slopeT ** 2 + v.cc / slopeC ** 2 - (2 * v.tc) / (slopeT * slopeC)),
  };
}

function rateOf(
  means: CellMeans,
  arm: 0 | 1,
  parts: Parts | null,
  scale: "proportion" | "mean",
  type: SeType,
  settings: EffectSettings & { readonly centre: number },
): Estimate {
  if (!((means.weight[arm] ?? 0) > 0)) return NONE;
  const estimate = (means.mean[arm] ?? 0) + settings.centre;
  const variance = parts === null ? null : arm === 0 ? parts.tt : parts.cc;
  if (scale === "mean")
    return {
      estimate,
      ...(variance !== null && variance > 0 ? zInterval(estimate, Math.sqrt(variance)) : NO_INTERVAL),
    };
  // a mean that a model adds to may leave 0-1; one beyond it by rounding is clamped below
  if (estimate < -ROUNDING || estimate > 1 + ROUNDING)
    return {
      estimate,
      ...(variance !== null && variance > 0 ? zInterval(estimate, Math.sqrt(variance)) : NO_INTERVAL),
    };
  const rate = Math.min(1, Math.max(0, estimate));
  const rows = means.rows[arm] ?? 0;
  const plain = type.startsWith("HC") && means.least[arm] === means.greatest[arm];
  if (plain) return { estimate: rate, ...limits(wilsonOfRate(rate, null, rows)) };
  const certain = !(rate > 0 && rate < 1);
  if (!certain && (variance === null || !(variance > 0))) return { ...NONE, estimate: rate };
  const kish = (means.weight[arm] ?? 0) ** 2 / (means.weightSquares[arm] ?? 1);
  const persons = arm === 0 ? settings.effective?.treated : settings.effective?.control;
  return { estimate: rate, ...limits(wilsonOfRate(rate, variance, persons ?? kish)) };
}

const limits = ({ lower, upper }: Interval): Interval => ({ lower, upper });

const ROUNDING = 1e-9;

const NO_INTERVAL: Interval = { lower: null, upper: null };

const pair = (values: Float64Array): [number, number] => [values[0] ?? 0, values[1] ?? 0];
