import gammainc from "@stdlib/math-base-special-gammainc";
import betaCdf from "@stdlib/stats-base-dists-beta-cdf";
import betaQuantile from "@stdlib/stats-base-dists-beta-quantile";
import tCdf from "@stdlib/stats-base-dists-t-cdf";
import tQuantile from "@stdlib/stats-base-dists-t-quantile";

/** P(X >= statistic) of the chi-squared distribution: the upper incomplete gamma, so that tails of 1e-45 survive. */
export function chiSquareUpper(statistic: number, degreesOfFreedom: number): number {
  return gammainc(statistic / 2, degreesOfFreedom / 2, true, true);
}

/** P(|T| >= |t|) of Student's t. */
export function studentTwoSided(t: number, degreesOfFreedom: number): number {
  return 2 * tCdf(-Math.abs(t), degreesOfFreedom);
}

/** The q-quantile of Student's t. */
export function studentQuantile(q: number, degreesOfFreedom: number): number {
  return tQuantile(q, degreesOfFreedom);
}

/** P(X <= x) of the beta distribution: the regularised incomplete beta function. */
export function betaCumulative(x: number, a: number, b: number): number {
  return betaCdf(x, a, b);
}

/** The q-quantile of the beta distribution. */
export function betaLowerQuantile(q: number, a: number, b: number): number {
  return betaQuantile(q, a, b);
}

/** P(X >= successes) of a binomial of `trials`: by the incomplete beta function, so that no sum and no 1 - cdf is taken. */
export function binomialUpper(successes: number, trials: number, probability: number): number {
  if (successes <= 0) return 1;
  if (successes > trials) return 0;
  return betaCdf(probability, successes, trials - successes + 1);
}
