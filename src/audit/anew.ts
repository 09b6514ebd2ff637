import type { Solver } from "../disclose/solver.ts";
import { type Audit, audit } from "./audit.ts";
import type { PublishedEdition } from "./published.ts";

/**
 * Attacks an edition by itself and with each earlier one, by turns. What an earlier edition gives away alone can't be taken
 * back by hiding it now: that is no find.
 */
export function auditedAnew(
  edition: PublishedEdition,
  earlier: readonly PublishedEdition[],
  solver: Solver,
): readonly Audit[] {
  // by itself too: with an earlier edition whose data were corrected, what a reader takes for unchanged may contradict itself
  const together = earlier.map((before): Audit => {
    const found = audit([edition, before], solver);
    if (found.recovered.length === 0) return found;
    const placeOf = ({ what }: Audit["recovered"][number]): string =>
      [edition, before].reduce((text, { name }) => text.replace(` / ${name} / `, " / "), what);
    const known = new Set(audit([before], solver).recovered.map(placeOf));
    return { ...found, recovered: found.recovered.filter((one) => !known.has(placeOf(one))) };
  });
  return [audit([edition], solver), ...together];
}
