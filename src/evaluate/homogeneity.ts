import type { Reason } from "./answer.ts";
import { chiSquareUpper } from "./distributions.ts";
import type { TestAnswer } from "./two-proportion-tests.ts";

/** One stratum's cells: participants placed and not, controls placed and not, with totals. */
export interface StratumCells {
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
  readonly n1: number;
  readonly n0: number;
  readonly n: number;
}

/** A chi-squared test with its degrees of freedom. */
interface ChiSquareTest extends TestAnswer {
  readonly degreesOfFreedom: number;
}

/** Tests that the odds ratio is the same in all strata. */
export interface Homogeneity {
  /** Breslow and Day, over the strata that can vary. */
  readonly breslowDay: ChiSquareTest;
  /** The same with Tarone's correction for the pooled odds ratio not being the likeliest. */
  readonly tarone: ChiSquareTest;
  /** Woolf's, over all strata, a half added to every cell where any cell of any stratum is 0. */
  readonly woolf: ChiSquareTest;
}

/**
 * Tests of homogeneity around a pooled odds ratio. Breslow and Day compare the participants placed with the count
 * expected under the pooled odds ratio; a stratum with nobody or everybody placed can't vary and takes no degree of
 * freedom (epiR counts them in its degrees of freedom).
 */
export function homogeneity(cells: readonly StratumCells[], oddsRatio: number | null): Homogeneity {
  return { ...breslowDay(cells, oddsRatio), woolf: woolf(cells) };
}

/** No test, for strata that are too small for one. */
export function noHomogeneity(reason: Reason): Homogeneity {
  return { breslowDay: untested(reason), tarone: untested(reason), woolf: untested(reason) };
}

function breslowDay(cells: readonly StratumCells[], oddsRatio: number | null) {
  const varying = cells.filter(({ a, b, c, d }) => a + c > 0 && b + d > 0);
  if (oddsRatio === null || oddsRatio === 0)
    return { breslowDay: untested("unbounded"), tarone: untested("unbounded") };
  let [statistic, gap, variance] = [0, 0, 0];
  for (const cell of varying) {
    const under = expectedUnder(cell, oddsRatio);
    statistic += (cell.a - under.expected) ** 2 / under.variance;
    gap += cell.a - under.expected;
    variance += under.variance;
  }
  const tarone = varying.length === 0 ? 0 : Math.max(0, statistic - gap ** 2 / variance);
  return { breslowDay: tested(statistic, varying.length - 1), tarone: tested(tarone, varying.length - 1) };
}

/** The participants placed that the margins and an odds ratio lead to expect, from a quadratic, and their variance. */
function expectedUnder({ a, c, n1, n0, n }: StratumCells, oddsRatio: number) {
  const placed = a + c;
  const b = oddsRatio * (n1 + placed) + n0 - placed;
  const product = oddsRatio * n1 * placed;
  const expected = (2 * product) / (b + Math.sqrt(b ** 2 - 4 * (oddsRatio - 1) * product));
  const precision = 1 / expected + 1 / (n1 - expected) + 1 / (placed - expected) + 1 / (n - n1 - placed + expected);
  return { expected, variance: 1 / precision };
}

function woolf(cells: readonly StratumCells[]): ChiSquareTest {
  const half = cells.some(({ a, b, c, d }) => a * b * c * d === 0) ? 0.5 : 0;
  const logs = cells.map(({ a, b, c, d }) => {
    const [p, q, r, s] = [a + half, b + half, c + half, d + half];
    return { log: Math.log((p * s) / (q * r)), weight: 1 / (1 / p + 1 / q + 1 / r + 1 / s) };
  });
  const total = logs.reduce((sum, { weight }) => sum + weight, 0);
  const mean = logs.reduce((sum, { log, weight }) => sum + weight * log, 0) / total;
  return tested(
    logs.reduce((sum, { log, weight }) => sum + weight * (log - mean) ** 2, 0),
    cells.length - 1,
  );
}

function tested(statistic: number, degreesOfFreedom: number): ChiSquareTest {
  if (degreesOfFreedom < 1) return untested("too-few");
  return { statistic, degreesOfFreedom, p: chiSquareUpper(statistic, degreesOfFreedom), reason: null };
}

function untested(reason: Reason): ChiSquareTest {
  return { statistic: null, degreesOfFreedom: 0, p: null, reason };
}
