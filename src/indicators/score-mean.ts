import { studentQuantile } from "../evaluate/distributions.ts";

/** A mean with Student's 95 % interval; null where nobody, or one person, answered. */
export interface ScoreMean {
  readonly value: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly base: number;
}

/**
 * Mean of scores and mean -+ t(0.975, n - 1) s / sqrt(n), s with n - 1.
 * @param counts score and how many have it
 */
export function meanOf(counts: ReadonlyArray<readonly [score: number, persons: number]>): ScoreMean {
  const base = counts.reduce((sum, [, persons]) => sum + persons, 0);
  if (base === 0) return { value: null, lower: null, upper: null, base };
  const value = counts.reduce((sum, [score, persons]) => sum + score * persons, 0) / base;
  if (base < 2) return { value, lower: null, upper: null, base };
  const squares = counts.reduce((sum, [score, persons]) => sum + persons * (score - value) ** 2, 0);
  const reach = studentQuantile(0.975, base - 1) * Math.sqrt(squares / (base - 1) / base);
  return { value, lower: value - reach, upper: value + reach, base };
}
