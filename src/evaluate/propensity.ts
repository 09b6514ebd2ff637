import { fitLogistic, type LogisticFit, type Unfitted } from "./logistic.ts";
import type { Patterns } from "./patterns.ts";
import { type Design, designOf, type Term } from "./propensity-design.ts";

/** The score's model: logit, with powers of covariates where `terms` name them, without interactions. */
export interface PropensitySettings {
  /** Main effects of every covariate by default. */
  readonly terms?: readonly Term[];
}

/** The probability of being a participant, pattern by pattern. */
export interface Propensity {
  readonly fit: LogisticFit;
  readonly design: Design;
  /** Probability and its logit; NaN (no score) where a covariate isn't known. */
  readonly probability: Float64Array;
  readonly linear: Float64Array;
  /** What the reader must know: separation, columns left out, no convergence, incomplete rows. */
  readonly warnings: readonly string[];
}

/**
 * Propensity scores: logistic regression of the arm on the covariates, on patterns weighted by the rows they stand for
 * (the persons' coefficients: test/reference/statistics/glm_*).
 * @returns why there is no answer where an arm is empty
 */
export function propensity(patterns: Patterns, settings: PropensitySettings = {}): Propensity | Unfitted {
  const known = fitted.get(patterns) ?? new Map<string, Propensity | Unfitted>();
  fitted.set(patterns, known);
  const key = JSON.stringify(settings);
  const scores = known.get(key) ?? fittedTo(patterns, settings);
  known.set(key, scores);
  return scores;
}

/** Several methods ask for one score of the same patterns, and it is most of what they cost. */
const fitted = new WeakMap<Patterns, Map<string, Propensity | Unfitted>>();

function fittedTo(patterns: Patterns, settings: PropensitySettings): Propensity | Unfitted {
  const design = designOf(patterns, settings.terms);
  const fit = fitLogistic(design, patterns.arm, patterns.rows);
  if (typeof fit === "string") return fit;
  const probability = fit.linear.map((eta) => 1 / (1 + Math.exp(-eta)));
  return { fit, design, probability, linear: fit.linear, warnings: warningsOf(fit) };
}

function warningsOf(fit: LogisticFit): string[] {
  const warnings: string[] = [];
  if (fit.separation !== null) {
    const { kind, columns, rows } = fit.separation;
    const names = columns.join(", ");
    const parts = kind === "complete" ? "parts the arms completely" : `decides the arm of ${rows} of ${fit.rows} rows`;
    warnings.push(`separation: ${names} ${parts}; coefficients have no finite estimate`);
  } else if (!fit.converged) warnings.push(`the regression did not converge in ${fit.iterations} iterations`);
  if (fit.aliased.length > 0) warnings.push(`left out, explained by the columns before: ${fit.aliased.join(", ")}`);
  if (fit.incomplete > 0) warnings.push(`${fit.incomplete} rows have a covariate that is not known, and no score`);
  return warnings;
}
