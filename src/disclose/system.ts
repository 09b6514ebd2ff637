import type { Knowledge } from "./attack.ts";
import type { Row } from "./solver.ts";

/** A whole number of persons (or rows) that an output shows, or that a reader could work out from what is shown. */
export interface Count {
  readonly value: number;
  /**
   * The units it is shown with: none for what is never shown itself (a complement, a difference of two populations),
   * several where the same persons are told of in several places; it is hidden where all of them are.
   */
  readonly units: readonly string[];
  /** Least that a reader must reckon with where it is hidden: 1 where zeros are shown, so a zero is never hidden. */
  readonly least: number;
  /** Most it can be by the rule that hid it, for a reader who knows the rule; Infinity where the rule says nothing. */
  readonly mostByRule: number;
  /** A sensitive count must remain possible at this size or more; null where the count isn't sensitive. */
  readonly reach: number | null;
}

/** Values that are hidden together, and what hiding them costs. */
export interface Unit {
  readonly cost: number;
  /** Shown before, in an earlier edition: it can't be hidden any more. */
  readonly isFixed: boolean;
}

/** Every count of an edition, and every equation between them: one system (method.md §9). */
export interface System {
  readonly counts: readonly Count[];
  readonly units: ReadonlyMap<string, Unit>;
  /** Rows over indices of `counts`; each holds for the true values. */
  readonly rows: readonly Row[];
}

/** The units that are hidden. */
export type Hidden = Pick<ReadonlySet<string>, "has">;

export const isHidden = ({ units }: Count, hidden: Hidden): boolean => units.every((unit) => hidden.has(unit));

/** What a reader knows when these units are hidden: shown counts go over to the right-hand sides. */
export function knowledgeOf(system: System, hidden: Hidden): Knowledge {
  const isOpen = system.counts.map((count) => !isHidden(count, hidden));
  const rows = system.rows.flatMap(({ terms, lower, upper }) => {
    const left = terms.filter(([i]) => !isOpen[i]);
    if (left.length === 0) return [];
    const known = terms.reduce((sum, [i, c]) => (isOpen[i] ? sum + c * (system.counts[i]?.value ?? 0) : sum), 0);
    return [{ terms: left, lower: lower - known, upper: upper - known }];
  });
  return {
    rows,
    lower: system.counts.map((count, i) => (isOpen[i] ? count.value : Math.min(count.least, count.value))),
    upper: system.counts.map((count, i) => (isOpen[i] ? count.value : Number.POSITIVE_INFINITY)),
  };
}
