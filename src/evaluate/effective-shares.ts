import type { ArmCounts } from "./design.ts";
import { armNamed, effectiveSize, kish } from "./effective-size.ts";
import type { Sample } from "./errors.ts";

/** Effective numbers of persons of one arm: of all, of those with the outcome and of those without; null where nobody has weight. */
interface EffectiveShares {
  readonly base: number | null;
  readonly numerator: number | null;
  readonly complement: number | null;
}

/**
 * (sum W)^2 / sum W_i^2 over the persons of each arm, over those with the outcome (W_i the weight of a person's rows with
 * it) and over those without: of how many persons the weighted share speaks. For an outcome of 0 and 1.
 * @param within 1 for the patterns to keep; all by default
 */
export function effectiveShares(
  { patterns, weights, outcomes, recurrence }: Sample,
  within?: Uint8Array,
): Readonly<Record<keyof ArmCounts, EffectiveShares>> {
  const at = (p: number): number => (within === undefined || within[p] === 1 ? (weights[p] ?? 0) : 0);
  const sums = { treated: newSums(), control: newSums() };
  for (let p = 0; p < patterns.size; p++) {
    const own = sums[armNamed(patterns, p)];
    const [w, some] = [at(p), outcomes.sum[p] ?? 0];
    const others = (outcomes.rows[p] ?? 0) - some;
    own.some += w * some;
    own.someSquared += w * w * some;
    own.others += w * others;
    own.othersSquared += w * w * others;
  }
  for (let r = 0; r < (recurrence?.rows.length ?? 0); r++) {
    const [p1, p2] = [recurrence?.key1[r] ?? -1, recurrence?.key2[r] ?? -1];
    if (patterns.arm[p1] !== patterns.arm[p2]) continue;
    const own = sums[armNamed(patterns, p1)];
    const product = at(p1) * at(p2);
    const both = recurrence?.sum12[r] ?? 0;
    const neither = (recurrence?.rows[r] ?? 0) - (recurrence?.sum1[r] ?? 0) - (recurrence?.sum2[r] ?? 0) + both;
    own.someSquared += product * both;
    own.othersSquared += product * neither;
  }
  const size = effectiveSize({ ...patterns, rows: outcomes.rows }, weights, recurrence, within);
  const of = (arm: keyof ArmCounts): EffectiveShares => ({
    base: size[arm],
    numerator: kish(sums[arm].some, sums[arm].someSquared),
    complement: kish(sums[arm].others, sums[arm].othersSquared),
  });
  return { treated: of("treated"), control: of("control") };
}

/** Those that there are. */
export const known = (of: EffectiveShares): Readonly<Partial<Record<keyof EffectiveShares, number>>> =>
  Object.fromEntries(Object.entries(of).filter(([, size]) => size !== null));

const newSums = () => ({ some: 0, someSquared: 0, others: 0, othersSquared: 0 });
