import type { Programme } from "../disclose/solver.ts";

const MOST_TABLES = 50_000;

/**
 * The optimum by trying every table of whole numbers, for programmes small enough; independent of any solver.
 * @returns null where there are too many tables, or none fits
 */
export function enumerated({ sense, objective, rows, lower, upper }: Programme): number | null {
  const sizes = Array.from(lower, (least, i) => (upper[i] ?? least) - least + 1);
  if (sizes.reduce((product, size) => product * size, 1) > MOST_TABLES) return null;
  let best: number | null = null;
  const values = [...lower];
  const sum = (terms: Programme["objective"]): number =>
    terms.reduce((total, [i, factor]) => total + factor * (values[i] ?? 0), 0);
  const isBetter = (value: number): boolean => best === null || (sense === "minimize" ? value < best : value > best);
  const from = (at: number): void => {
    if (at === values.length) {
      const fits = rows.every(({ terms, lower: least, upper: most }) => sum(terms) >= least && sum(terms) <= most);
      if (fits && isBetter(sum(objective))) best = sum(objective);
      return;
    }
    for (let value = lower[at] ?? 0; value <= (upper[at] ?? 0); value++) {
      values[at] = value;
      from(at + 1);
    }
  };
  from(0);
  return best;
}
