import { type Interval, type Knowledge, type Probe, probe, type Witness } from "./attack.ts";
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
  const state: State = { hidden, primary, exposed, solver };
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
    const protects = system.counts[breach.target]?.unit ?? `difference ${at[breach.target]}`;
    for (const unit of cover) {
      hidden.set(unit, { status: "D", protects });
      more.push(unit);
    }
  }
}

/** Counts of a part beyond which nothing is shown again: trying each would take longer than it is worth. */
const LARGEST_TRIED = 600;

function withoutNeedless(
  { units }: System,
  state: State,
  byUnit: ReadonlyMap<string, readonly Component[]>,
): ReadonlyMap<string, Reason> {
  const cost = (unit: string): number => units.get(unit)?.cost ?? 0;
  const kept = new Map(state.hidden);
  const secondary = [...kept.keys()].filter((unit) => !state.primary.has(unit));
  if (secondary.length < 2) return kept;
  const isSmall = (unit: string): boolean => (byUnit.get(unit) ?? []).every(({ at }) => at.length <= LARGEST_TRIED);
  for (const unit of secondary.filter(isSmall).toSorted((a, b) => cost(b) - cost(a) || (a < b ? -1 : 1))) {
    const reason = kept.get(unit);
    const concerned = (byUnit.get(unit) ?? []).map((part) => [part, besides(part, unit, kept)] as const);
    kept.delete(unit);
    const isNeeded = concerned.some(([part, near]) => firstBreach(part, { ...state, hidden: kept }, near) !== null);
    if (isNeeded && reason !== undefined) kept.set(unit, reason);
  }
  return kept;
}

/** Counts that hang together with a hidden unit's by what is hidden: nothing else changes when it is shown. */
function besides({ system }: Component, unit: string, hidden: Hidden): ReadonlySet<number> {
  const { rows } = knowledgeOf(system, hidden);
  const groups = connected(system.counts.length, rows);
  const near = groups.filter(({ variables }) => variables.some((i) => system.counts[i]?.unit === unit));
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
      stir: (many) => {
        asked.stir(many);
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
    if (own?.value !== 1 || own.unit === null) continue;
    const others = targets.filter((i) => system.counts[i]?.unit !== own.unit && system.counts[i]?.unit !== null);
    const upper = plain.upper.map((most, i) => (i === insider ? 1 : most));
    const lower = plain.lower.map((least, i) => (i === insider ? 1 : least));
    const knowing = { ...plain, lower, upper };
    const found = pinned(knowing, linked(plain, insider, others), ask(knowing));
    if (found !== null) return found;
  }
  return null;
}

/** Whether values that agree with every row agree with what is known of each count too. */
const agrees = (witness: Witness, { lower, upper }: Knowledge): boolean =>
  witness.every((value, i) => value >= (lower[i] ?? 0) && value <= (upper[i] ?? Number.POSITIVE_INFINITY));

const byRule = (count: Count | undefined, most: number, primary: Hidden): number =>
  count?.unit !== null && count !== undefined && primary.has(count.unit) ? Math.min(most, count.mostByRule) : most;

function tooNarrow(system: System, knowledge: Knowledge, targets: readonly number[], asked: Probe): Breach | null {
  const isNarrow = (target: number, [least, most]: Interval): boolean => {
    const reach = system.counts[target]?.reach ?? 0;
    return most < Math.max(reach, least + reach - 1);
  };
  const open = targets.filter((target) => isNarrow(target, asked.seen(target)));
  const target =
    open.find((one) => isNarrow(one, asked.bounds(one))) ??
    stirred(open, asked).find((one) => isNarrow(one, asked.seen(one)) && isNarrow(one, asked.interval(one)));
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
    stirred(open, asked).find((i) => isOne(asked.seen(i)) && isOne(asked.interval(i)));
  return target === undefined ? null : { target, knowledge, moves: [1, -1] };
}

/** The same targets, after witnesses that move many of them at once were looked for. */
function stirred(targets: readonly number[], asked: Probe): readonly number[] {
  asked.stir(targets);
  return targets;
}

/** Those of the targets that share a chain of rows with the insider's count. */
function linked({ rows, lower }: Knowledge, insider: number, targets: readonly number[]): readonly number[] {
  const group = connected(lower.length, rows).find(({ variables }) => variables.includes(insider));
  const reached = new Set(group?.variables ?? []);
  return targets.filter((i) => reached.has(i));
}
