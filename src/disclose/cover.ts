import { leastChange } from "./change.ts";
import type { Component } from "./component.ts";
import type { Knowledge } from "./narrow.ts";
import type { Solver } from "./solver.ts";
import { type Count, type Hidden, isHidden, type System, type Unit } from "./system.ts";

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
  const { system } = component;
  const { counts } = system;
  const scale = dearest(system);
  const most = new Float64Array(2 * counts.length);
  const costs: [number, number][] = [];
  for (const [i, count] of counts.entries()) {
    const isOpen = !isHidden(count, hidden);
    const shown = isOpen ? shownWith(count, system, hidden) : [];
    if (isOpen && (shown.some(({ isFixed }) => isFixed) || count.value < count.least)) continue;
    const [least, end] = isOpen
      ? [count.least, Number.POSITIVE_INFINITY]
      : [knowledge.lower[i] ?? 0, knowledge.upper[i] ?? Number.POSITIVE_INFINITY];
    most[2 * i] = end - count.value;
    most[2 * i + 1] = Math.max(0, count.value - least);
    const cost = shown.reduce((sum, unit) => sum + unit.cost, 0) / scale;
    if (cost > 0) costs.push([2 * i, cost], [2 * i + 1, cost]);
  }
  const { by, reached } = leastChange(component, { most, costs }, target, move, solver);
  if (reached < Math.abs(move) - 1e-6) return null;
  const touched = counts.flatMap(({ units }, i) => (Math.abs(by[i] ?? 0) > 1e-6 ? units : []));
  return [...new Set(touched)].filter((unit) => !hidden.has(unit)).toSorted();
}

/** The units that still show a count. */
const shownWith = ({ units }: Count, system: System, hidden: Hidden): readonly Unit[] =>
  units.flatMap((unit) => (hidden.has(unit) ? [] : (system.units.get(unit) ?? [])));

/** Costs are brought to 0.001..1, so that the solver sees one order of magnitude. */
export const dearest = ({ units }: System): number =>
  [...units.values()].reduce((most, { cost }) => Math.max(most, cost), 1);

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
        else if (count.value >= count.least && !shownWith(count, system, hidden).some(({ isFixed }) => isFixed))
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
