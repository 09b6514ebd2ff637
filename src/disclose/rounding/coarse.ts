/** Steps that people round to, within a power of ten. */
const STEPS = [1, 2, 5, 10] as const;

/**
 * A mean as it may stand beside a base that was rounded: with no more digits than leave every base possible that the
 * rounding leaves possible. A sum of whole units over n persons lies on a grid of 1 / n; in steps at least as wide as
 * that grid for the least possible n, each n has a sum that rounds to the same mean.
 * @param persons the rounded base, at least one base
 * @param unit what one person's answer changes the sum by: 1, or 100 for a score out of 100
 */
export function coarse(value: number, persons: number, base: number, unit = 1): number {
  const grid = unit / Math.max(1, persons - base);
  const power = 10 ** Math.floor(Math.log10(grid));
  const step = (STEPS.find((one) => one * power >= grid * (1 - 1e-12)) ?? 10) * power;
  const rounded = Math.round(value / step) * step;
  return Number(rounded.toPrecision(12)) + 0;
}
