import type { AipwFits } from "./aipw.ts";
import { cholesky, choleskySolve } from "./logistic-cholesky.ts";
import type { Outcomes, Patterns } from "./patterns.ts";
import type { Propensity } from "./propensity.ts";
import { designGram, designTimes, designTransposeTimes } from "./propensity-design.ts";

/**
 * Both models that AIPW needs, on the same columns: the propensity score, and the mean outcome of controls by least
 * squares. Columns that controls can't tell apart are left out of the latter.
 */
export function aipwFits(patterns: Patterns, { design, probability }: Propensity, outcomes: Outcomes): AipwFits {
  const ofControls = (values: Float64Array) => values.map((value, p) => (patterns.arm[p] === 1 ? 0 : value));
  const gram = cholesky(designGram(design, ofControls(outcomes.rows)), design.columns.length);
  const coefficients = choleskySolve(gram, designTransposeTimes(design, ofControls(outcomes.sum)));
  return { propensity: probability, controlMean: designTimes(design, coefficients) };
}
