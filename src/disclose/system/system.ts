import type { Row } from "../solver.ts";
import type { Room } from "../suppression/mend.ts";
import type { Knowledge } from "../suppression/narrow.ts";

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

/** Whether everything that would show a count is hidden. */
export const isHidden = ({ units }: Count, hidden: Hidden): boolean => units.every((unit) => hidden.has(unit));

/** What a reader knows when these units are hidden. */
export function knowledgeOf({ counts, rows }: System, hidden: Hidden): Knowledge {
  const lower = new Float64Array(counts.length);
  const upper = new Float64Array(counts.length);
  for (const [i, count] of counts.entries()) {
    const isClosed = isHidden(count, hidden);
    lower[i] = isClosed ? Math.min(count.least, count.value) : count.value;
    upper[i] = isClosed ? Number.POSITIVE_INFINITY : count.value;
  }
  return { rows, lower, upper };
}

/** How far the counts can be from their true values by what is known of them, at no cost. */
export function roomOf({ counts }: System, { lower, upper }: Knowledge): Room {
  const size = counts.length;
  const room = { rise: new Float64Array(size), fall: new Float64Array(size), cost: new Float64Array(size) };
  for (const [i, { value }] of counts.entries()) {
    room.rise[i] = Math.max(0, (upper[i] ?? Number.POSITIVE_INFINITY) - value);
    room.fall[i] = Math.max(0, value - (lower[i] ?? 0));
  }
  return room;
}
