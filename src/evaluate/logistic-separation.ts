import { cholesky, choleskySolve } from "./logistic-cholesky.ts";
import { type Design, designGram, designTransposeTimes, unstandardise } from "./propensity-design.ts";

/**
 * A combination of covariates parts the outcomes, so the likelihood has no maximum.
 * `complete`: every row lies strictly on its side; `quasi`: some rows lie on the border.
 */
export interface Separation {
  readonly kind: "complete" | "quasi";
  /** Columns that the combination uses. */
  readonly columns: readonly string[];
  /** Rows (persons) that it parts. */
  readonly rows: number;
}

/** Linear predictors beyond this are probabilities within 1e-11 of 0 or 1, rarer than any row could show. */
const EXTREME = 25;
/** Newton moves a separated row by about 1 an iteration, and others less and less. */
const MOVES = 0.5;
const RESTS = 1e-5;

/**
 * Whether the last Newton step is a direction of recession: it moves rows that are already extreme further to their own
 * side by about 1, and no row to the other side (Albert and Anderson 1984). One row of the other outcome is enough to
 * forbid it, however rare, so a large but finite estimate is never called separation.
 */
export function separationAlong(
  design: Design,
  eta: Float64Array,
  before: Float64Array,
  y: Uint8Array,
  n: Float64Array,
): Separation | null {
  let parted = 0;
  let total = 0;
  const step = new Float64Array(eta.length);
  for (let i = 0; i < eta.length; i++) {
    if (!((n[i] as number) > 0)) continue;
    const sign = y[i] === 1 ? 1 : -1;
    const move = (eta[i] as number) - (before[i] as number);
    total += n[i] as number;
    if (sign * move < -RESTS) return null;
    if (sign * move < MOVES) continue;
    if (sign * (eta[i] as number) < EXTREME) return null;
    parted += n[i] as number;
    step[i] = move;
  }
  if (parted === 0) return null;
  return { kind: parted === total ? "complete" : "quasi", columns: columnsOf(design, step, n), rows: parted };
}

/** The columns of the least-squares direction that makes the step. */
function columnsOf(design: Design, step: Float64Array, n: Float64Array): string[] {
  const gram = cholesky(designGram(design, n), design.columns.length);
  const weighted = step.map((value, i) => value * (n[i] as number));
  const direction = unstandardise(design, choleskySolve(gram, designTransposeTimes(design, weighted)));
  const reach = direction.map((value, j) => Math.abs(value) * (spread(design, j) ?? 1));
  return design.columns.filter((_, j) => j > 0 && (reach[j] as number) > 1e-4);
}

function spread(design: Design, column: number): number | undefined {
  return design.numerics.find((numeric) => numeric.column === column)?.scale;
}
