import type { Parts } from "./effect.ts";

/** Sums of row influences w (y - mean) / W by cluster, arms apart; clusters without rows may be left at 0. */
export interface ClusterSums {
  readonly treated: Float64Array;
  readonly control: Float64Array;
  /** Clusters that have a row. */
  readonly clusters: number;
  readonly rows: number;
}

/**
 * CR1 over clusters: sum of A_g A_g' with the factor G/(G-1) (n-1)/(n-2); null with fewer than 2 clusters or 3 rows.
 * Agrees with sandwich's vcovCL (HC1, cadj) of the weighted regression on the arm.
 */
export function clusterParts({ treated, control, clusters, rows }: ClusterSums): Parts | null {
  if (clusters < 2 || rows < 3) return null;
  const factor = ((clusters / (clusters - 1)) * (rows - 1)) / (rows - 2);
  let [tt, cc, tc] = [0, 0, 0];
  for (let g = 0; g < treated.length; g++) {
    const a = treated[g] ?? 0;
    const b = control[g] ?? 0;
    tt += a * a;
    cc += b * b;
    tc += a * b;
  }
  return { tt: factor * tt, cc: factor * cc, tc: factor * tc };
}

/** Variance of the difference of two means. */
export const differenceVariance = ({ tt, cc, tc }: Parts): number => tt + cc - 2 * tc;

/** V_one + V_other - V_both, each with its factor; if that is not positive, the larger one-way. */
export function twoWay(one: Parts | null, other: Parts | null, both: Parts | null): Parts | null {
  if (one === null || other === null || both === null) return null;
  const sum = { tt: one.tt + other.tt - both.tt, cc: one.cc + other.cc - both.cc, tc: one.tc + other.tc - both.tc };
  if (differenceVariance(sum) > 0 && sum.tt >= 0 && sum.cc >= 0) return sum;
  return differenceVariance(one) >= differenceVariance(other) ? one : other;
}
