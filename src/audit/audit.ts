import type { Solver } from "../disclose/solver.ts";
import { countsOf } from "./counts.ts";
import type { PublishedEdition } from "./published.ts";
import { type Recovered, recover } from "./recover.ts";
import { suspicionsOf } from "./suspicions.ts";

/** What a stranger got out of the files. */
export interface Audit {
  /** Groups that the published files give away: they have fewer people than may be shown. */
  readonly recovered: readonly Recovered[];
  /** Statuses that differ between files. */
  readonly disagreements: readonly string[];
  /** Groups of numbers of which the reader believed something that can't be: nothing was learnt from them. */
  readonly contradictions: readonly string[];
  /** How many hidden counts must be nobody: told on purpose, since nobody lost at a step says nothing of a person. */
  readonly nobody: number;
  /** Numbers looked for, and equations written down. */
  readonly targets: number;
  readonly equations: number;
}

/**
 * Attacks published editions with nothing but what they show: writes down every equation over every metric, bounds
 * every number that is hidden or was never told, and lists those that must lie below the threshold. Knows nothing of
 * how they were hidden.
 * @param held the one under audit first, then an earlier one or another pipeline's
 */
export function audit(held: readonly PublishedEdition[], solver: Solver): Audit {
  const editions = held.map((edition, i) => ({ ...edition, name: nameAmong(held, edition.name, i) }));
  const placed = suspicionsOf(editions);
  const counts = countsOf(editions);
  const isRounded = editions.some(({ base }) => base !== null);
  const unknowns = [...placed.unknowns.values(), ...counts.unknowns].map((unknown) =>
    isRounded ? { ...unknown, isRounded, isNobodyAFind: false } : unknown,
  );
  const lines = [...placed.lines, ...counts.lines];
  const { recovered, contradictions, nobody } = recover(unknowns, lines, editions[0]?.threshold ?? 5, solver);
  return {
    recovered,
    contradictions,
    nobody,
    disagreements: editions.flatMap((edition) => edition.disagreements),
    targets: unknowns.filter(({ isTarget }) => isTarget).length,
    equations: lines.length,
  };
}

/** Two pipelines' editions may bear one name; their numbers are not one. */
function nameAmong(held: readonly PublishedEdition[], name: string, at: number): string {
  const isFirst = held.findIndex((other) => other.name === name) === at;
  return isFirst ? name : `${name} (${at + 1})`;
}
