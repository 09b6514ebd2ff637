import type { Solver } from "../solver.ts";
import { type Hidden, knowledgeOf, type System } from "../system/system.ts";
import { probe } from "./attack.ts";
import { firstBreach, type Proofs } from "./attackers.ts";
import { type Component, componentsByUnit, componentsOf } from "./component.ts";
import { type Attacker, cheapestCover } from "./cover.ts";
import { withoutNeedless } from "./needless.ts";

/** Why a unit is hidden: by a rule about itself, or because showing it would give another one away. */
export interface Reason {
  readonly status: "A" | "D";
  /** For `D`, the unit (or the description of the difference) that it protects. */
  readonly protects: string | null;
}

/** Units that a rule about themselves hides. */
export const hiddenByRule = (units: Iterable<string>): ReadonlyMap<string, Reason> =>
  new Map(Array.from(units, (unit) => [unit, { status: "A", protects: null }]));

interface Suppression {
  readonly hidden: ReadonlyMap<string, Reason>;
  /** Sensitive counts that stay open to attack whatever is hidden, because an earlier edition showed too much. */
  readonly exposed: readonly number[];
}

/**
 * Hides what must be hidden, then what would give it away.
 *
 * What is hidden from the first stays hidden: units with a sensitive count (`hiddenByRule`), and others with their
 * reasons. As long as one of three attackers succeeds (`attackers.ts`), the cheapest further units that take the answer
 * away are hidden (`cover.ts`). At last each is shown again where all stay safe without it, the dearest first
 * (`needless.ts`).
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
  const known = new Map<Component, Proofs>(components.map((component) => [component, new Map()]));
  const proofsOf = (component: Component): Proofs => known.get(component) ?? new Map();
  const state: State = { hidden, first, primary, exposed, halfOpen: new Set(), solver, proofsOf, hiddenFor: new Map() };
  const waiting = new Set(components);
  for (const component of waiting) {
    waiting.delete(component);
    for (const unit of protect(component, state))
      for (const other of byUnit.get(unit) ?? []) if (other !== component) waiting.add(other);
  }
  return { hidden: withoutNeedless(system, state, byUnit), exposed: exposedToAny(exposed) };
}

/**
 * What suppression knows while it goes from part to part: `hidden` grows, and only at the end loses what needn't be.
 */
export interface State {
  readonly hidden: Map<string, Reason>;
  /** What stays hidden. */
  readonly first: ReadonlyMap<string, Reason>;
  readonly primary: Hidden;
  /** By their numbers in the whole system. */
  readonly exposed: Readonly<Record<Attacker, Set<number>>>;
  /** Exposed counts of which more would be known if more were shown. */
  readonly halfOpen: Set<number>;
  readonly solver: Solver;
  readonly proofsOf: (component: Component) => Proofs;
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
  for (;;) {
    const breach = firstBreach(component, { ...state, lasting: state.first }, state.proofsOf(component));
    if (breach === null) return more;
    const cover = cheapestCover(component, hidden, breach, solver);
    if (cover.length === 0) {
      exposed[breach.attacker].add(at[breach.target] ?? 0);
      if (breach.attacker === "plain" && isHalfOpen(component, breach.target, state))
        state.halfOpen.add(at[breach.target] ?? 0);
    }
    const protects = system.counts[breach.target]?.units[0] ?? `difference ${at[breach.target]}`;
    for (const unit of cover) {
      hidden.set(unit, { status: "D", protects });
      state.hiddenFor.set(unit, { component, target: breach.target });
      more.push(unit);
    }
  }
}

/** Whether a count that is open to attack can still be more than one number. */
function isHalfOpen({ system, truth }: Component, target: number, { hidden, solver }: State): boolean {
  const [least, most] = probe(knowledgeOf(system, hidden), truth, [], solver).interval(target);
  return least < most;
}
