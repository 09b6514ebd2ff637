import erfcinv from "@stdlib/math-base-special-erfcinv";
import normalCdf from "@stdlib/stats-base-dists-normal-cdf";

/** The normal quantile of a 95 % interval, as R's `qnorm(0.975)`. */
export const Z95 = 1.959963984540054;

/** P(Z <= z) of the standard normal, to 1e-14 relative in both tails. */
export function normalCumulative(z: number): number {
  return normalCdf(z, 0, 1);
}

/** P(|Z| >= |z|): the two-sided p-value of a z statistic, without cancellation however small. */
export function twoSidedP(z: number): number {
  return 2 * normalCumulative(-Math.abs(z));
}

/**
 * The z with P(Z <= z) = p. From the inverse complementary error function, because the usual 2p - 1 loses
 * seven digits at p = 1e-12.
 */
export function normalQuantile(p: number): number {
  return p === 0.5 ? 0 : -Math.SQRT2 * erfcinv(2 * p);
}

/** The z of a two-sided interval at a confidence level, e.g. 0.95 gives 1.96. */
export function zOfLevel(level: number): number {
  return level === 0.95 ? Z95 : -normalQuantile((1 - level) / 2);
}
