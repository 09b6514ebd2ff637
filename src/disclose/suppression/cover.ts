import type { Solver } from "../solver.ts";
import { type Count, type Hidden, isHidden, roomOf, type System } from "../system/system.ts";
import { leastChange } from "./change.ts";
import type { Component } from "./component.ts";
import type { Knowledge } from "./narrow.ts";

/** One who knows what is shown; one who knows the rule too; one who is the only person of a count. */
export type Attacker = "plain" | "rule" | "insider";

/** A sensitive count that an attacker comes too near, with what that attacker knows. */
export interface Breach {
  readonly target: number;
  readonly knowledge: Knowledge;
  readonly attacker: Attacker;
  /** How far the count must be able to move, up or (where it can't rise) down. */
  readonly moves: () => readonly number[];
}

/**
 * The cheapest further units of a part of the system to hide so that the target could as well be another number: the
 * least costly change of counts that keeps every equation and moves the target as far as asked; the shown units it
 * touches are the answer (Kelly, Golden and Assad 1992, as one linear programme). Where that finds nothing, the
 * cheapest unit that shares a row with what is hidden around the target.
 * @returns unit names, ascending; empty where nothing is left to hide
 */
export function cheapestCover(component: Component, hidden: Hidden, breach: Breach, solver: Solver): readonly string[] {
  const { system } = component;
  const changes = breach.moves().map((move) => touchedBy(component, hidden, breach, move, solver));
  if (breach.attacker !== "plain" && changes.every((touched) => touched === null)) return [];
  const covers = changes.flatMap((touched) => (touched === null || touched.length === 0 ? [] : [touched]));
  const cost = (units: readonly string[]): number =>
    units.reduce((sum, unit) => sum + (system.units.get(unit)?.cost ?? 0), 0);
  const [best] = covers.toSorted((a, b) => cost(a) - cost(b) || (a.join() < b.join() ? -1 : 1));
  return best ?? nextUnit(system, hidden, breach.target);
}

/** Shown units that the cheapest such change of counts touches; null where there is no such change. */
function touchedBy(
  component: Component,
  hidden: Hidden,
  { target, knowledge }: Breach,
  move: number,
  solver: Solver,
): readonly string[] | null {
  const { system, prices } = component;
  const { counts } = system;
  const room = roomOf(system, knowledge);
  for (const [i, count] of counts.entries()) {
    if (isHidden(count, hidden)) continue;
    if (count.value < count.least || isFixed(count, system, hidden)) continue;
    room.rise[i] = Number.POSITIVE_INFINITY;
    room.fall[i] = count.value - count.least;
    room.cost[i] = count.units.reduce((sum, unit) => sum + (hidden.has(unit) ? 0 : (prices.get(unit) ?? 0)), 0);
  }
  const { by, reached } = leastChange(component, room, target, move, solver);
  if (reached < Math.abs(move) - 1e-6) return null;
  const touched = counts.flatMap(({ units }, i) => (Math.abs(by[i] ?? 0) > 1e-6 ? units : []));
  return [...new Set(touched)].filter((unit) => !hidden.has(unit)).toSorted();
}

/** Whether a count is shown by what can't be hidden any more. */
const isFixed = ({ units }: Count, system: System, hidden: Hidden): boolean =>
  units.some((unit) => !hidden.has(unit) && system.units.get(unit)?.isFixed);

function nextUnit(system: System, hidden: Hidden, target: number): readonly string[] {
  const reached = new Set([target]);
  const candidates = new Set<string>();
  const nobody = toldAsNobody(system);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { terms } of system.rows) {
      if (!terms.some(([i]) => reached.has(i))) continue;
      for (const [i] of terms) {
        const count = system.counts[i];
        if (count === undefined) continue;
        if (isHidden(count, hidden)) reached.add(i);
        else if (count.value >= count.least && !isFixed(count, system, hidden))
          for (const unit of count.units) if (!hidden.has(unit) && !nobody.has(unit)) candidates.add(unit);
      }
    }
  }
  const cost = (unit: string): number => system.units.get(unit)?.cost ?? 0;
  return [...candidates].toSorted((a, b) => cost(a) - cost(b) || (a < b ? -1 : 1)).slice(0, 1);
}

/** Units that tell of nobody: readers take what is hidden for somebody, so hiding these would have them reckon wrongly. */
function toldAsNobody({ counts }: System): ReadonlySet<string> {
  const told = new Set(counts.flatMap(({ units, value, least }) => (value < least ? units : [])));
  for (const { units, value } of counts) if (value > 0) for (const unit of units) told.delete(unit);
  return told;
}
