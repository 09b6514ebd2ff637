import type { Solver } from "../disclose/solver.ts";
import { answerFinds } from "./answers.ts";
import { countsOf } from "./counts.ts";
import { curveFinds } from "./curves.ts";
import type { PublishedEdition } from "./published.ts";
import { type Recovered, recover } from "./recover.ts";
import type { Line, Unknown } from "./sheet.ts";
import { suspicionsOf } from "./suspicions.ts";
import { weightedFinds } from "./weighted.ts";
import { withoutContradicted } from "./withdrawn.ts";

/** What a stranger got out of the files. */
export interface Audit {
  /** Groups that the published files give away: they have fewer people than may be shown. */
  readonly recovered: readonly Recovered[];
  /** Statuses that differ between files. */
  readonly disagreements: readonly string[];
  /** Groups of numbers that can't be what the files say of them: nothing was learnt from them. */
  readonly contradictions: readonly string[];
  /** How many hidden counts must be nobody: told on purpose, since nobody lost at a step says nothing of a person. */
  readonly nobody: number;
  /** Numbers looked for, and equations written down. */
  readonly targets: number;
  readonly equations: number;
  /** Equations that a reader would have believed, were they not in contradiction with surer ones. */
  readonly withdrawn: number;
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
  const believed = [...placed.lines, ...counts.lines];
  const threshold = editions[0]?.threshold ?? 5;
  const { lines, attack } = attackWith(unknowns, believed, threshold, solver);
  const { recovered, contradictions, nobody } = attack;
  return {
    recovered: [
      ...recovered,
      ...weightedFinds(editions),
      ...editions.flatMap(curveFinds),
      ...editions.flatMap(answerFinds),
    ],
    contradictions,
    nobody,
    disagreements: editions.flatMap((edition) => edition.disagreements),
    targets: unknowns.filter(({ isTarget }) => isTarget).length,
    equations: lines.length,
    withdrawn: believed.length - lines.length,
  };
}

/** An attack with what the files say and with what is believed beside, less what contradicts itself. */
function attackWith(unknowns: readonly Unknown[], believed: readonly Line[], threshold: number, solver: Solver) {
  const attack = recover(unknowns, believed, threshold, solver);
  if (attack.contradictions.length === 0) return { lines: believed, attack };
  const lines = withoutContradicted(unknowns, believed, attack.contradictions, solver);
  return { lines, attack: recover(unknowns, lines, threshold, solver) };
}

/** Two pipelines' editions may bear one name; their numbers are not one. */
function nameAmong(held: readonly PublishedEdition[], name: string, at: number): string {
  const isFirst = held.findIndex((other) => other.name === name) === at;
  return isFirst ? name : `${name} (${at + 1})`;
}
