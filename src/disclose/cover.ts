import type { Knowledge } from "./attack.ts";
import { type Solver, solved } from "./solver.ts";
import { type Count, type Hidden, isHidden, type System, type Unit } from "./system.ts";

/** A sensitive count that an attacker comes too near, with what that attacker knows. */
export interface Breach {
  readonly target: number;
  readonly knowledge: Knowledge;
  /** How far the count must be able to move, up or (where it can't rise) down. */
  readonly moves: readonly number[];
}

/** What a move that no cover allows costs: dearer than everything together. */
const IMPOSSIBLE = 1e6;

/**
 * The cheapest further units of a part of the system to hide so that the target could as well be another number: the least costly change of
 * counts that keeps every equation and moves the target as far as asked; the shown units it touches are the answer
 * (Kelly, Golden and Assad 1992, as one linear programme). Where that finds nothing, the cheapest unit that shares
 * a row with what is hidden around the target.
 * @returns unit names, ascending; empty where nothing is left to hide
 */
export function cheapestCover(system: System, hidden: Hidden, breach: Breach, solver: Solver): readonly string[] {
  const covers = breach.moves.flatMap((move) => {
    const touched = touchedBy(system, hidden, breach, move, solver);
    return touched === null || touched.length === 0 ? [] : [touched];
  });
  const cost = (units: readonly string[]): number =>
    units.reduce((sum, unit) => sum + (system.units.get(unit)?.cost ?? 0), 0);
  const [best] = covers.toSorted((a, b) => cost(a) - cost(b) || (a.join() < b.join() ? -1 : 1));
  return best ?? nextUnit(system, hidden, breach.target);
}

/** Shown units that the cheapest such change of counts touches; null where there is no such change. */
function touchedBy(
  system: System,
  hidden: Hidden,
  { target, knowledge }: Breach,
  move: number,
  solver: Solver,
): readonly string[] | null {
  const part = [...system.counts.keys()];
  const scale = dearest(system);
  const columns = part.flatMap((i) => {
    const count = system.counts[i];
    if (count === undefined) return [];
    const isOpen = !isHidden(count, hidden);
    const shown = isOpen ? shownWith(count, system, hidden) : [];
    if (isOpen && (shown.some(({ isFixed }) => isFixed) || count.value < count.least)) return [];
    const cost = shown.reduce((sum, unit) => sum + unit.cost, 0) / scale;
    const [least, most] = isOpen
      ? [count.least, Number.POSITIVE_INFINITY]
      : [knowledge.lower[i] ?? 0, knowledge.upper[i] ?? Number.POSITIVE_INFINITY];
    const span = Math.abs(move) * part.length;
    return [
      { i, sign: 1, most: Math.min(span, most - count.value), cost },
      { i, sign: -1, most: Math.max(0, Math.min(span, count.value - least)), cost },
    ];
  });
  const at = new Map<number, number[]>();
  for (const [column, { i }] of columns.entries()) at.set(i, [...(at.get(i) ?? []), column]);
  const terms = (i: number, c: number) =>
    (at.get(i) ?? []).map((column) => [column, c * (columns[column]?.sign ?? 1)] as const);
  const slack = columns.length;
  const rows = system.rows
    .map((row) => {
      const now = row.terms.reduce((sum, [i, c]) => sum + c * (system.counts[i]?.value ?? 0), 0);
      return { terms: row.terms.flatMap(([i, c]) => terms(i, c)), lower: row.lower - now, upper: row.upper - now };
    })
    .filter((row) => row.terms.length > 0);
  const direction = Math.sign(move);
  const { values } = solved(solver, {
    sense: "minimize",
    isWhole: false,
    objective: [
      ...columns.flatMap(({ cost }, column) => (cost > 0 ? [[column, cost] as const] : [])),
      [slack, IMPOSSIBLE],
    ],
    rows: [
      ...rows,
      {
        terms: [...terms(target, direction), [slack, 1]],
        lower: Math.abs(move),
        upper: Number.POSITIVE_INFINITY,
      },
    ],
    lower: [...columns.map(() => 0), 0],
    upper: [...columns.map(({ most }) => most), Math.abs(move)],
  });
  if ((values[slack] ?? 0) > 1e-6) return null;
  const moved = columns.filter((_, column) => (values[column] ?? 0) > 1e-6);
  const touched = moved.flatMap(({ i }) => system.counts[i]?.units ?? []);
  return [...new Set(touched)].filter((unit) => !hidden.has(unit)).toSorted();
}

/** The units that still show a count. */
const shownWith = ({ units }: Count, system: System, hidden: Hidden): readonly Unit[] =>
  units.flatMap((unit) => (hidden.has(unit) ? [] : (system.units.get(unit) ?? [])));

/** Costs are brought to 0.001..1, so that the solver sees one order of magnitude. */
const dearest = ({ units }: System): number => [...units.values()].reduce((most, { cost }) => Math.max(most, cost), 1);

function nextUnit(system: System, hidden: Hidden, target: number): readonly string[] {
  const reached = new Set([target]);
  const candidates = new Set<string>();
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { terms } of system.rows) {
      if (!terms.some(([i]) => reached.has(i))) continue;
      for (const [i] of terms) {
        const count = system.counts[i];
        if (count === undefined) continue;
        if (isHidden(count, hidden)) reached.add(i);
        else if (count.value >= count.least && !shownWith(count, system, hidden).some(({ isFixed }) => isFixed))
          for (const unit of count.units) if (!hidden.has(unit)) candidates.add(unit);
      }
    }
  }
  const cost = (unit: string): number => system.units.get(unit)?.cost ?? 0;
  return [...candidates].toSorted((a, b) => cost(a) - cost(b) || (a < b ? -1 : 1)).slice(0, 1);
}
