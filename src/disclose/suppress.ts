import { probe } from "./attack.ts";
import { firstBreach, type Safe } from "./attackers.ts";
import { type Component, componentsByUnit, componentsOf } from "./component.ts";
import { connected } from "./connected.ts";
import { type Attacker, cheapestCover } from "./cover.ts";
import { undecided } from "./narrow.ts";
import type { Solver } from "./solver.ts";
import { type Hidden, knowledgeOf, type System } from "./system.ts";

/** Why a unit is hidden: by a rule about itself, or because showing it would give another one away. */
export interface Reason {
  readonly status: "A" | "D";
  /** For `D`, the unit (or the description of the difference) that it protects. */
  readonly protects: string | null;
}

/** Units that a rule about themselves hides. */
export const hiddenByRule = (units: Iterable<string>): ReadonlyMap<string, Reason> =>
  new Map(Array.from(units, (unit) => [unit, { status: "A", protects: null }]));

export interface Suppression {
  readonly hidden: ReadonlyMap<string, Reason>;
  /** Sensitive counts that stay open to attack whatever is hidden, because an earlier edition showed too much. */
  readonly exposed: readonly number[];
}

/**
 * Hides what must be hidden, then what would give it away.
 *
 * What is hidden from the first stays hidden: units with a sensitive count (`hiddenByRule`), and others with their
 * reasons. As long as one of three attackers succeeds (`attackers.ts`), the cheapest further units that take the answer away are hidden (`cover.ts`). At last each is
 * shown again where all stay safe without it, the dearest first.
 * Counts that hang together by no row can't give each other away: each part of the system is protected by itself, and
 * again when a unit that stands in several parts has been hidden for another part's sake.
 * @throws when the solver fails: nothing is known to be safe then
 */
export function suppress(system: System, first: ReadonlyMap<string, Reason>, solver: Solver): Suppression {
  const components = componentsOf(system);
  const byUnit = componentsByUnit(components);
  const hidden = new Map(first);
  const primary = new Set([...first].flatMap(([unit, { status }]) => (status === "A" ? [unit] : [])));
  const exposed = { plain: new Set<number>(), rule: new Set<number>(), insider: new Set<number>() };
  const state: State = { hidden, first, primary, exposed, halfOpen: new Set(), solver, hiddenFor: new Map() };
  const waiting = new Set(components);
  for (const component of waiting) {
    waiting.delete(component);
    for (const unit of protect(component, state))
      for (const other of byUnit.get(unit) ?? []) if (other !== component) waiting.add(other);
  }
  return { hidden: withoutNeedless(system, state, byUnit), exposed: exposedToAny(exposed) };
}

interface State {
  readonly hidden: Map<string, Reason>;
  /** What stays hidden. */
  readonly first: Hidden;
  readonly primary: Hidden;
  /** By their numbers in the whole system. */
  readonly exposed: Readonly<Record<Attacker, Set<number>>>;
  /** Exposed counts of which more would be known if more were shown. */
  readonly halfOpen: Set<number>;
  readonly solver: Solver;
  /** The count that each further unit was hidden for. */
  readonly hiddenFor: Map<string, { readonly component: Component; readonly target: number }>;
}

const exposedToAny = ({ plain, rule, insider }: State["exposed"]): readonly number[] =>
  [...new Set([...plain, ...rule, ...insider])].toSorted((a, b) => a - b);

/** Hides further units until no attacker succeeds in this part; the units hidden. */
function protect(component: Component, state: State): readonly string[] {
  const { hidden, exposed, solver } = state;
  const { system, at } = component;
  const more: string[] = [];
  const safe: Safe = new Map();
  for (;;) {
    const breach = firstBreach(component, state, safe);
    if (breach === null) return more;
    const cover = cheapestCover(component, hidden, breach, solver);
    if (cover.length === 0) {
      exposed[breach.attacker].add(at[breach.target] ?? 0);
      const known = probe(knowledgeOf(system, hidden), component.truth, [], solver);
      const [least, most] = known.interval(breach.target);
      if (breach.attacker === "plain" && least < most) state.halfOpen.add(at[breach.target] ?? 0);
    }
    const protects = system.counts[breach.target]?.units[0] ?? `difference ${at[breach.target]}`;
    for (const unit of cover) {
      hidden.set(unit, { status: "D", protects });
      state.hiddenFor.set(unit, { component, target: breach.target });
      more.push(unit);
    }
  }
}

/** Questions to the solver after which a further unit stays hidden: proof that it isn't needed takes too long. */
const MOST_QUESTIONS = 12;

/** A solver that answers no more than so many questions. */
function patient(solver: Solver): Solver {
  let left = MOST_QUESTIONS;
  return (programme) => {
    left -= 1;
    if (left < 0) throw new OutOfPatience();
    return solver(programme);
  };
}

class OutOfPatience extends Error {}

function withoutNeedless(
  { units }: System,
  state: State,
  byUnit: ReadonlyMap<string, readonly Component[]>,
): ReadonlyMap<string, Reason> {
  const cost = (unit: string): number => units.get(unit)?.cost ?? 0;
  const kept = new Map(state.hidden);
  const secondary = [...kept.keys()].filter((unit) => !state.first.has(unit));
  if (secondary.length < 2) return kept;
  for (const unit of secondary.toSorted((a, b) => cost(b) - cost(a) || (a < b ? -1 : 1))) {
    const reason = kept.get(unit);
    const concerned = (byUnit.get(unit) ?? []).map((part) => [part, besides(part, unit, kept)] as const);
    if (concerned.some(([{ at }, near]) => [...near].some((i) => state.halfOpen.has(at[i] ?? -1)))) continue;
    kept.delete(unit);
    const without = { ...state, hidden: kept, solver: patient(state.solver) };
    const own = state.hiddenFor.get(unit);
    const safe = memory();
    const isNeeded = isBreached(
      () =>
        (own !== undefined &&
          firstBreach(own.component, without, safe(own.component), new Set([own.target])) !== null) ||
        concerned.some(([part, near]) => firstBreach(part, without, safe(part), near) !== null),
    );
    if (isNeeded && reason !== undefined) kept.set(unit, reason);
  }
  return kept;
}

/** What was found safe of each part while the hidden units stay as they are. */
function memory(): (component: Component) => Safe {
  const known = new Map<Component, Safe>();
  return (component) => {
    const safe = known.get(component) ?? new Map();
    known.set(component, safe);
    return safe;
  };
}

/** Whether a breach is found, or none ruled out in the questions allowed. */
function isBreached(find: () => boolean): boolean {
  try {
    return find();
  } catch (error) {
    if (error instanceof OutOfPatience) return true;
    throw error;
  }
}

/** Counts that hang together with a hidden unit's by what is hidden: nothing else changes when it is shown. */
function besides({ system }: Component, unit: string, hidden: Hidden): ReadonlySet<number> {
  const groups = connected(system.counts.length, undecided(knowledgeOf(system, hidden)));
  const near = groups.filter(({ variables }) => variables.some((i) => system.counts[i]?.units.includes(unit)));
  return new Set(near.flatMap(({ variables }) => variables));
}
