import type { Outcomes, Recurrence } from "./patterns.ts";

/** What one row of pattern p with outcome y moves a mean by: slope y + constant, to first order. */
export interface RowInfluence {
  readonly slope: Float64Array;
  readonly constant: Float64Array;
}

/** Weighted means of both arms and the influence of every row on each, the fit of the weights included. */
export interface MeanInfluences {
  readonly treated: { readonly mean: number; readonly influence: RowInfluence };
  readonly control: { readonly mean: number; readonly influence: RowInfluence };
}

/** Variances of the two means and their covariance: V(difference) = treated + control - 2 both. */
interface MeanCovariance {
  readonly treated: number;
  readonly control: number;
  readonly both: number;
}

/**
 * Variances and covariance of the two means: sums of products of influences over rows, and over ordered pairs of rows
 * of one person where persons recur; no small-sample factor.
 */
export function influenceCovariance(
  outcomes: Outcomes,
  { treated, control }: MeanInfluences,
  recurrence?: Recurrence,
): MeanCovariance {
  const sum = (a: RowInfluence, b: RowInfluence) => influenceProduct(outcomes, a, b, recurrence);
  return {
    treated: sum(treated.influence, treated.influence),
    control: sum(control.influence, control.influence),
    both: sum(treated.influence, control.influence),
  };
}

/** Sum of products of two influences over rows, and over ordered pairs of rows of one person. */
export function influenceProduct(
  outcomes: Outcomes,
  a: RowInfluence,
  b: RowInfluence,
  recurrence?: Recurrence,
): number {
  return overRows(outcomes, a, b) + (recurrence === undefined ? 0 : overPairs(recurrence, a, b));
}

function overRows({ rows, sum, sumsq }: Outcomes, a: RowInfluence, b: RowInfluence): number {
  let total = 0;
  for (let p = 0; p < rows.length; p++) {
    const n = rows[p] as number;
    if (n === 0) continue;
    const [sa, ca, sb, cb] = [
      a.slope[p] as number,
      a.constant[p] as number,
      b.slope[p] as number,
      b.constant[p] as number,
    ];
    const mean = (sum[p] as number) / n;
    const spread = Math.max(0, (sumsq[p] as number) - mean * (sum[p] as number));
    total += sa * sb * spread + n * (sa * mean + ca) * (sb * mean + cb);
  }
  return total;
}

function overPairs({ key1, key2, rows, sum1, sum2, sum12 }: Recurrence, a: RowInfluence, b: RowInfluence): number {
  let total = 0;
  for (let i = 0; i < rows.length; i++) {
    const [p, q] = [key1[i] as number, key2[i] as number];
    const [sa, ca, sb, cb] = [
      a.slope[p] as number,
      a.constant[p] as number,
      b.slope[q] as number,
      b.constant[q] as number,
    ];
    total +=
      sa * sb * (sum12[i] as number) +
      sa * cb * (sum1[i] as number) +
      ca * sb * (sum2[i] as number) +
      ca * cb * (rows[i] as number);
  }
  return total;
}
