import type { Interval } from "./intervals.ts";

/** The result of one declared specification. */
export interface SpecificationResult extends Interval {
  readonly name: string;
  /** What is estimated: definition, window, and the population kept. Only results of one estimand are summed up together. */
  readonly estimand: string;
  /** The protocol's own specification. */
  readonly primary: boolean;
  /** Null where it gave no result. */
  readonly estimate: number | null;
  /** Names of the verdicts that it failed. */
  readonly failedVerdicts: readonly string[];
}

/** What the specifications of one estimand say together. They share data: no share of them is evidence. */
export interface CurveSummary {
  readonly estimand: string;
  /** Whether the primary specification is among them. */
  readonly primary: boolean;
  readonly declared: number;
  /** How many gave an estimate; the figures below are of these. */
  readonly run: number;
  readonly least: number | null;
  readonly median: number | null;
  readonly greatest: number | null;
  /** How many intervals lie wholly above 0, and wholly below. */
  readonly above: number;
  readonly below: number;
  /** How many failed at least one verdict. */
  readonly failing: number;
  /** In order of the estimate, those without one last; ties by name. */
  readonly results: readonly SpecificationResult[];
}

/** One summary an estimand, that of the primary specification first, then by name. */
export function summariseSpecifications(results: readonly SpecificationResult[]): CurveSummary[] {
  const estimands = [...new Set(results.map(({ estimand }) => estimand))];
  return estimands
    .map((estimand) =>
      summaryOf(
        estimand,
        results.filter((result) => result.estimand === estimand),
      ),
    )
    .sort((one, other) => Number(other.primary) - Number(one.primary) || compare(one.estimand, other.estimand));
}

function summaryOf(estimand: string, results: readonly SpecificationResult[]): CurveSummary {
  const ordered = [...results].sort(byEstimate);
  const run = ordered.filter(({ estimate }) => estimate !== null);
  const estimates = run.map(({ estimate }) => estimate ?? 0);
  return {
    estimand,
    primary: results.some(({ primary }) => primary),
    declared: results.length,
    run: run.length,
    least: estimates[0] ?? null,
    median: median(estimates),
    greatest: estimates.at(-1) ?? null,
    above: run.filter(({ lower }) => lower !== null && lower > 0).length,
    below: run.filter(({ upper }) => upper !== null && upper < 0).length,
    failing: run.filter(({ failedVerdicts }) => failedVerdicts.length > 0).length,
    results: ordered,
  };
}

/** Of ascending values: the middle one, or the mean of the two in the middle. */
function median(ascending: readonly number[]): number | null {
  const low = ascending[Math.floor((ascending.length - 1) / 2)];
  const high = ascending[Math.floor(ascending.length / 2)];
  return low === undefined || high === undefined ? null : (low + high) / 2;
}

function byEstimate(one: SpecificationResult, other: SpecificationResult): number {
  const rank = (result: SpecificationResult) => result.estimate ?? Infinity;
  if (rank(one) !== rank(other)) return rank(one) < rank(other) ? -1 : 1;
  return compare(one.name, other.name);
}

/** By code unit: the same order everywhere. */
function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
