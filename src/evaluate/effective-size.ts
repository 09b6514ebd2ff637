import type { ArmCounts } from "./design.ts";
import type { Patterns, Recurrence } from "./patterns.ts";

/** Kish's effective size by arm, at most the persons or rows that weigh; null for an arm without weight. */
export interface EffectiveSize {
  readonly treated: number | null;
  readonly control: number | null;
}

/**
 * Effective sample size of each arm, (sum W)^2 / sum W_i^2, in persons where `recurrence` is given, else in rows.
 * The sum over persons of squared total weights is the sum of w w' over all ordered pairs of rows of one person:
 * the diagonal from the patterns, the rest from `recurrence`. Null for an arm without weight.
 * Agrees with ess_treated and ess_control of test/reference/matching/exact_cem_summary.csv.
 */
export function effectiveSize(
  patterns: Patterns,
  weights: Float64Array,
  recurrence?: Recurrence,
  within?: Uint8Array,
): EffectiveSize {
  const at = (p: number) => (within === undefined || within[p] === 1 ? (weights[p] ?? 0) : 0);
  const total = { treated: 0, control: 0 };
  const squares = { treated: 0, control: 0 };
  for (let p = 0; p < patterns.size; p++) {
    const arm = armNamed(patterns, p);
    const n = patterns.rows[p] ?? 0;
    total[arm] += n * at(p);
    squares[arm] += n * at(p) ** 2;
  }
  for (let r = 0; r < (recurrence?.rows.length ?? 0); r++) {
    const p1 = recurrence?.key1[r] ?? -1;
    const p2 = recurrence?.key2[r] ?? -1;
    if (patterns.arm[p1] === patterns.arm[p2])
      squares[armNamed(patterns, p1)] += at(p1) * at(p2) * (recurrence?.rows[r] ?? 0);
  }
  return { treated: kish(total.treated, squares.treated), control: kish(total.control, squares.control) };
}

/** The arm of a pattern. */
export const armNamed = (patterns: Patterns, p: number): keyof ArmCounts =>
  patterns.arm[p] === 1 ? "treated" : "control";

/** (sum w)^2 / sum w^2; null where nobody has weight. */
export const kish = (total: number, squares: number): number | null => (squares > 0 ? total ** 2 / squares : null);
