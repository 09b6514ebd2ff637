import { type EstimateAnswer, noEstimate, onLogScale, type Reason, symmetric } from "./answer.ts";
import { chiSquareUpper } from "./distributions.ts";
import { type Homogeneity, homogeneity, noHomogeneity, type StratumCells } from "./homogeneity.ts";
import { zOfLevel } from "./normal.ts";
import { possible } from "./proportions.ts";
import type { TestAnswer } from "./two-proportion-tests.ts";
import type { TwoArms } from "./two-proportions.ts";

/** Pooled contrasts over strata of plain 2 x 2 tables. */
export interface MantelHaenszel {
  /** Strata with both arms, which are all that count. */
  readonly strata: number;
  /**
   * Weighted by n1 n0 / n, Sato's error. It isn't the effect on participants (ATT), whose weights are n1:
   * it is another average over the strata.
   */
  readonly difference: EstimateAnswer;
  /** Greenland and Robins's error of the same difference. */
  readonly differenceSeGreenlandRobins: number | null;
  /** `se` of the logarithm, Greenland and Robins. */
  readonly riskRatio: EstimateAnswer;
  /** `se` of the logarithm, Robins, Breslow and Greenland. */
  readonly oddsRatio: EstimateAnswer;
  /** Cochran-Mantel-Haenszel chi-squared on one degree of freedom, without and with the continuity correction. */
  readonly association: TestAnswer;
  readonly associationCorrected: TestAnswer;
  readonly homogeneity: Homogeneity;
}

/**
 * Mantel-Haenszel difference, risk ratio and odds ratio over strata, with the test of association and of homogeneity.
 * Strata without one of the arms say nothing and are left out. Counts are unweighted and nobody is in them twice.
 * Agrees with R's mantelhaen.test, metafor's rma.mh and epiR (test/reference/effects/mantel_haenszel.json).
 */
export function mantelHaenszel(strata: readonly TwoArms[], level = 0.95): MantelHaenszel {
  const filled = strata.filter(({ participants, controls }) => participants.size !== 0 && controls.size !== 0);
  const fault = faultOf(filled);
  if (fault !== null) return unanswered(filled.length, fault);
  const cells = filled.map(cellsOf);
  const z = zOfLevel(level);
  const oddsRatio = pooledOddsRatio(cells, z);
  return {
    strata: cells.length,
    ...pooledDifference(cells, z),
    riskRatio: pooledRiskRatio(cells, z),
    oddsRatio,
    association: association(cells, 0),
    associationCorrected: association(cells, 0.5),
    homogeneity: homogeneity(cells, oddsRatio.estimate),
  };
}

function faultOf(strata: readonly TwoArms[]): Reason | null {
  if (strata.length === 0) return "empty-arm";
  const sound = strata.every(({ participants, controls }) => possible(participants) && possible(controls));
  return sound ? null : "impossible-input";
}

function unanswered(strata: number, reason: Reason): MantelHaenszel {
  const none = noEstimate(reason);
  const noTest = { statistic: null, p: null, reason };
  return {
    strata,
    difference: none,
    differenceSeGreenlandRobins: null,
    riskRatio: none,
    oddsRatio: none,
    association: noTest,
    associationCorrected: noTest,
    homogeneity: noHomogeneity(reason),
  };
}

function cellsOf({ participants, controls }: TwoArms): StratumCells {
  return {
    a: participants.events,
    b: participants.size - participants.events,
    c: controls.events,
    d: controls.size - controls.events,
    n1: participants.size,
    n0: controls.size,
    n: participants.size + controls.size,
  };
}

type Pooled = Pick<MantelHaenszel, "difference" | "differenceSeGreenlandRobins">;

function pooledDifference(cells: readonly StratumCells[], z: number): Pooled {
  const weight = sumOver(cells, ({ n1, n0, n }) => (n1 * n0) / n);
  const difference = sumOver(cells, ({ a, c, n1, n0, n }) => (a * n0 - c * n1) / n) / weight;
  const p = sumOver(cells, ({ a, c, n1, n0, n }) => (n1 ** 2 * c - n0 ** 2 * a + (n1 * n0 * (n0 - n1)) / 2) / n ** 2);
  const q = sumOver(cells, ({ a, b, c, d, n }) => (a * d + c * b) / (2 * n));
  const greenlandRobins = sumOver(
    cells,
    ({ a, b, c, d, n1, n0, n }) => (a * b * n0 ** 3 + c * d * n1 ** 3) / (n1 * n0 * n ** 2),
  );
  return {
    difference: symmetric(difference, Math.sqrt(Math.max(0, difference * p + q)) / weight, z),
    differenceSeGreenlandRobins: Math.sqrt(greenlandRobins) / weight,
  };
}

function pooledRiskRatio(cells: readonly StratumCells[], z: number): EstimateAnswer {
  const over = sumOver(cells, ({ a, n0, n }) => (a * n0) / n);
  const under = sumOver(cells, ({ c, n1, n }) => (c * n1) / n);
  if (under === 0) return noEstimate("no-events");
  if (over === 0) return { ...noEstimate("no-events"), estimate: 0 };
  const spread = sumOver(cells, ({ a, c, n1, n0, n }) => (n1 * n0 * (a + c) - a * c * n) / n ** 2);
  return onLogScale(over / under, Math.sqrt(spread / (over * under)), z);
}

function pooledOddsRatio(cells: readonly StratumCells[], z: number): EstimateAnswer {
  const over = sumOver(cells, ({ a, d, n }) => (a * d) / n);
  const under = sumOver(cells, ({ b, c, n }) => (b * c) / n);
  if (under === 0) return noEstimate("unbounded");
  if (over === 0) return { ...noEstimate("no-events"), estimate: 0 };
  const pr = sumOver(cells, ({ a, d, n }) => ((a + d) * a * d) / n ** 2);
  const mixed = sumOver(cells, ({ a, b, c, d, n }) => ((a + d) * b * c + (b + c) * a * d) / n ** 2);
  const qs = sumOver(cells, ({ b, c, n }) => ((b + c) * b * c) / n ** 2);
  const variance = pr / (2 * over ** 2) + mixed / (2 * over * under) + qs / (2 * under ** 2);
  return onLogScale(over / under, Math.sqrt(variance), z);
}

function association(cells: readonly StratumCells[], correction: number): TestAnswer {
  const gap = sumOver(cells, ({ a, c, n1, n }) => a - (n1 * (a + c)) / n);
  const variance = sumOver(cells, ({ a, b, c, d, n1, n0, n }) => (n1 * n0 * (a + c) * (b + d)) / (n ** 2 * (n - 1)));
  if (!(variance > 0)) return { statistic: null, p: null, reason: "no-variation" };
  const statistic = Math.max(0, Math.abs(gap) - correction) ** 2 / variance;
  return { statistic, p: chiSquareUpper(statistic, 1), reason: null };
}

function sumOver(cells: readonly StratumCells[], term: (cell: StratumCells) => number): number {
  return cells.reduce((sum, cell) => sum + term(cell), 0);
}
