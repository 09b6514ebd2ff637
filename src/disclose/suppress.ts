import { type Goal, type Interval, type Knowledge, type Probe, probe, type Witness } from "./attack.ts";
import { type Component, componentsByUnit, componentsOf } from "./component.ts";
import { connected } from "./connected.ts";
import { type Breach, cheapestCover } from "./cover.ts";
import type { Solver } from "./solver.ts";
import { type Count, type Hidden, isHidden, knowledgeOf, type System } from "./system.ts";

/** Why a unit is hidden: by a rule about itself, or because showing it would give another one away. */
export interface Reason {
  readonly status: "A" | "D";
  /** For `D`, the unit (or the description of the difference) that it protects. */
  readonly protects: string | null;
}

export interface Suppression {
  readonly hidden: ReadonlyMap<string, Reason>;
  /** Sensitive counts that stay open to attack whatever is hidden, because an earlier edition showed too much. */
  readonly exposed: readonly number[];
}

/**
 * Hides what must be hidden, then what would give it away.
 *
 * A unit with a sensitive count is hidden first (`primary`). Then three attackers take turns: one who knows what is
 * shown; one who also knows which counts the rule hides, and its threshold; and the one person behind a count of 1,
 * who knows that count. The first finds a count safe if it could be `reach` or more and its interval is at least
 * reach - 1 wide; the others, if it isn't pinned to one number. As long as one succeeds, the cheapest further units
 * that take the answer away are hidden (`cover.ts`). At last each is shown again where all stay safe without it,
 * the dearest first.
 * Counts that hang together by no row can't give each other away: each part of the system is protected by itself, and
 * again when a unit that stands in several parts has been hidden for another part's sake.
 * @throws when the solver fails: nothing is known to be safe then
 */
export function suppress(system: System, primary: ReadonlySet<string>, solver: Solver): Suppression {
  const components = componentsOf(system);
  const byUnit = componentsByUnit(components);
  const hidden = new Map<string, Reason>([...primary].map((unit) => [unit, { status: "A", protects: null }]));
  const exposed = new Set<number>();
  const state: State = { hidden, primary, exposed, solver, hiddenFor: new Map() };
  const waiting = new Set(components);
  for (const component of waiting) {
    waiting.delete(component);
    for (const unit of protect(component, state))
      for (const other of byUnit.get(unit) ?? []) if (other !== component) waiting.add(other);
  }
  return { hidden: withoutNeedless(system, state, byUnit), exposed: [...exposed].toSorted((a, b) => a - b) };
}

interface State {
  readonly hidden: Map<string, Reason>;
  readonly primary: Hidden;
  /** By their numbers in the whole system. */
  readonly exposed: Set<number>;
  readonly solver: Solver;
  /** The count that each further unit was hidden for. */
  readonly hiddenFor: Map<string, { readonly component: Component; readonly target: number }>;
}

/** Hides further units until no attacker succeeds in this part; the units hidden. */
function protect(component: Component, state: State): readonly string[] {
  const { hidden, exposed, solver } = state;
  const { system, at } = component;
  const more: string[] = [];
  for (;;) {
    const breach = firstBreach(component, state);
    if (breach === null) return more;
    const cover = cheapestCover(system, new Set(hidden.keys()), breach, solver);
    if (cover.length === 0) exposed.add(at[breach.target] ?? 0);
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
  const secondary = [...kept.keys()].filter((unit) => !state.primary.has(unit));
  if (secondary.length < 2) return kept;
  for (const unit of secondary.toSorted((a, b) => cost(b) - cost(a) || (a < b ? -1 : 1))) {
    const reason = kept.get(unit);
    const concerned = (byUnit.get(unit) ?? []).map((part) => [part, besides(part, unit, kept)] as const);
    kept.delete(unit);
    const without = { ...state, hidden: kept, solver: patient(state.solver) };
    const own = state.hiddenFor.get(unit);
    const isNeeded = isBreached(
      () =>
        (own !== undefined && firstBreach(own.component, without, new Set([own.target])) !== null) ||
        concerned.some(([part, near]) => firstBreach(part, without, near) !== null),
    );
    if (isNeeded && reason !== undefined) kept.set(unit, reason);
  }
  return kept;
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
  const { rows } = knowledgeOf(system, hidden);
  const groups = connected(system.counts.length, rows);
  const near = groups.filter(({ variables }) => variables.some((i) => system.counts[i]?.units.includes(unit)));
  return new Set(near.flatMap(({ variables }) => variables));
}

/** The first breach of a part that one of the three attackers finds, or null. */
function firstBreach(
  { system, at, truth, witnesses }: Component,
  state: State,
  among?: ReadonlySet<number>,
): Breach | null {
  const { primary, exposed, solver } = state;
  const hidden = { has: (unit: string) => state.hidden.has(unit) };
  const targets = [...system.counts.keys()].filter((i) => {
    const count = system.counts[i];
    if (count === undefined || count.reach === null || among?.has(i) === false) return false;
    return isHidden(count, hidden) && !exposed.has(at[i] ?? 0);
  });
  if (targets.length === 0) return null;
  const plain = knowledgeOf(system, hidden);
  const ask = (knowledge: Knowledge): Probe => {
    const agreeing = witnesses.filter((witness) => agrees(witness, knowledge));
    const before = agreeing.length;
    const asked = probe(knowledge, truth, agreeing, solver);
    const keep = (): void => void witnesses.push(...agreeing.splice(before));
    return {
      ...asked,
      stir: (many, goalOf) => {
        asked.stir(many, goalOf);
        keep();
      },
      interval: (target) => {
        const found = asked.interval(target);
        keep();
        return found;
      },
    };
  };
  const near = tooNarrow(system, plain, targets, ask(plain));
  if (near !== null) return near;
  const informed = { ...plain, upper: plain.upper.map((most, i) => byRule(system.counts[i], most, primary)) };
  const known = pinned(informed, targets, ask(informed));
  if (known !== null) return known;
  for (const insider of targets) {
    const own = system.counts[insider];
    if (own?.value !== 1 || own.units.length === 0) continue;
    const others = targets.filter((i) => {
      const { units = [] } = system.counts[i] ?? {};
      return units.length > 0 && !units.some((unit) => own.units.includes(unit));
    });
    const upper = plain.upper.map((most, i) => (i === insider ? 1 : most));
    const lower = plain.lower.map((least, i) => (i === insider ? 1 : least));
    const knowing = { ...plain, lower, upper };
    const found = pinned(knowing, linked(plain, insider, others), ask(knowing));
    if (found !== null) return found;
  }
  return null;
}

/** Whether values that agree with every row agree with what is known of each count too. */
function agrees(witness: Witness, { lower, upper }: Knowledge): boolean {
  for (let i = 0; i < witness.length; i++) {
    const value = witness[i] ?? 0;
    if (value < (lower[i] ?? 0) || value > (upper[i] ?? Number.POSITIVE_INFINITY)) return false;
  }
  return true;
}

const byRule = (count: Count | undefined, most: number, primary: Hidden): number =>
  count?.units.some((unit) => primary.has(unit)) ? Math.min(most, count.mostByRule) : most;

function tooNarrow(system: System, knowledge: Knowledge, targets: readonly number[], asked: Probe): Breach | null {
  const goalOf = (target: number, [least]: Interval): number => {
    const reach = system.counts[target]?.reach ?? 0;
    return Math.max(reach, least + reach - 1);
  };
  const isNarrow = (target: number, seen: Interval): boolean => seen[1] < goalOf(target, seen);
  const open = targets.filter((target) => isNarrow(target, asked.seen(target)));
  const target =
    open.find((one) => isNarrow(one, asked.bounds(one))) ??
    stirred(open, asked, goalOf).find((one) => isNarrow(one, asked.seen(one)) && isNarrow(one, asked.interval(one)));
  if (target === undefined) return null;
  const { reach, value = 0 } = system.counts[target] ?? {};
  const [least] = asked.interval(target);
  return { target, knowledge, moves: [Math.max(reach ?? 0, least + (reach ?? 0) - 1) - value] };
}

function pinned(knowledge: Knowledge, targets: readonly number[], asked: Probe): Breach | null {
  const isOne = ([least, most]: Interval): boolean => least === most;
  const open = targets.filter((i) => isOne(asked.seen(i)));
  const target =
    open.find((i) => isOne(asked.bounds(i))) ??
    stirred(open, asked, (_, [least]) => least + 1).find((i) => isOne(asked.seen(i)) && isOne(asked.interval(i)));
  return target === undefined ? null : { target, knowledge, moves: [1, -1] };
}

/** The same targets, after witnesses that move many of them at once were looked for. */
function stirred(targets: readonly number[], asked: Probe, goalOf: Goal): readonly number[] {
  asked.stir(targets, goalOf);
  return targets;
}

/** Those of the targets that share a chain of rows with the insider's count. */
function linked({ rows, lower }: Knowledge, insider: number, targets: readonly number[]): readonly number[] {
  const group = connected(lower.length, rows).find(({ variables }) => variables.includes(insider));
  const reached = new Set(group?.variables ?? []);
  return targets.filter((i) => reached.has(i));
}
