import { once } from "../once.ts";
import { type Goal, type Probe, probe } from "./attack.ts";
import type { Component } from "./component.ts";
import { connected } from "./connected.ts";
import type { Attacker, Breach } from "./cover.ts";
import { type Interval, type Knowledge, undecided } from "./narrow.ts";
import type { Solver } from "./solver.ts";
import { type Count, type Hidden, isHidden, knowledgeOf, type System } from "./system.ts";
import { agrees, type Witness } from "./witness.ts";

/** What is hidden, and what is known of the attacks on it so far. */
export interface Defence {
  readonly hidden: Hidden;
  /** Units hidden by a rule about themselves. */
  readonly primary: Hidden;
  /** Counts open to each attacker whatever is hidden, by their numbers in the whole system. */
  readonly exposed: Readonly<Record<Attacker, ReadonlySet<number>>>;
  readonly solver: Solver;
}

/** Targets found safe, by attacker: hiding more takes none of that away. */
export type Safe = Map<string, Set<number>>;

/**
 * The first breach of a part that one of the three attackers finds, or null: one who knows what is shown; one who also
 * knows which counts the rule hides, and its threshold; and the one person behind a count of 1, who knows that count.
 * The first finds a count safe if it could be `reach` or more and its interval is at least reach - 1 wide; the others,
 * if it isn't pinned to one number.
 * @param safe filled with the targets found safe, which aren't asked of again
 * @param among looks at these targets only
 */
export function firstBreach(
  component: Component,
  defence: Defence,
  safe: Safe = new Map(),
  among?: ReadonlySet<number>,
): Breach | null {
  const { system, at, truth, witnesses } = component;
  const { hidden, primary, exposed, solver } = defence;
  const targets = [...system.counts.keys()].filter((i) => {
    const count = system.counts[i];
    if (count === undefined || count.reach === null || among?.has(i) === false) return false;
    return isHidden(count, hidden);
  });
  if (targets.length === 0) return null;
  const plain = knowledgeOf(system, hidden);
  const agreeing = once(() => witnesses.filter((witness) => agrees(witness, plain)));
  const ask = (knowledge: Knowledge, own: readonly Witness[]): Probe =>
    keeping(witnesses, own, (found) => probe(knowledge, truth, found, solver));
  const attack = (attacker: Attacker, who: string, own: readonly number[], find: Search): Breach | null => {
    const name = `${attacker} ${who}`;
    const known = safe.get(name) ?? new Set<number>();
    safe.set(name, known);
    const open = own.filter((i) => !known.has(i) && !exposed[attacker].has(at[i] ?? 0));
    const found = open.length === 0 ? null : find(open, known);
    return found === null ? null : { ...found, attacker };
  };
  const near = attack("plain", "", targets, (open, known) =>
    tooNarrow(system, plain, open, ask(plain, agreeing()), known),
  );
  if (near !== null) return near;
  const rule = attack("rule", "", targets, (open, known) => {
    const upper = Float64Array.from(plain.upper, (most, i) => byRule(system.counts[i], most, primary));
    const informed = { ...plain, upper };
    const own = agreeing().filter((witness) => agrees(witness, informed));
    return pinned(informed, open, ask(informed, own), known);
  });
  if (rule !== null) return rule;
  const groupOf = once(() => groupsOf(plain));
  for (const insider of targets) {
    const own = system.counts[insider];
    if (own?.value !== 1 || own.units.length === 0) continue;
    const others = targets.filter((i) => {
      const { units = [] } = system.counts[i] ?? {};
      return units.length > 0 && !units.some((unit) => own.units.includes(unit));
    });
    const found = attack("insider", `${insider}`, others, (open, known) => {
      const knowing = withKnown(plain, insider);
      const asked = ask(
        knowing,
        agreeing().filter(({ values }) => values[insider] === 1),
      );
      return pinned(knowing, linkedTo(insider, open, asked, groupOf, known), asked, known);
    });
    if (found !== null) return found;
  }
  return null;
}

type Found = Omit<Breach, "attacker">;
type Search = (open: readonly number[], known: Set<number>) => Found | null;

/** The insider's knowledge: the own count is 1. */
function withKnown({ rows, lower, upper }: Knowledge, insider: number): Knowledge {
  const own = { rows, lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
  own.lower[insider] = 1;
  own.upper[insider] = 1;
  return own;
}

/** A probe whose witnesses go over to the part's. */
function keeping(all: Witness[], own: readonly Witness[], made: (found: Witness[]) => Probe): Probe {
  const found = [...own];
  let before = found.length;
  const asked = made(found);
  const keep = <T>(answer: T): T => {
    all.push(...found.slice(before));
    before = found.length;
    return answer;
  };
  return {
    ...asked,
    stir: (many, goalOf) => keep(asked.stir(many, goalOf)),
    interval: (target) => keep(asked.interval(target)),
  };
}

const byRule = (count: Count | undefined, most: number, primary: Hidden): number =>
  count?.units.some((unit) => primary.has(unit)) ? Math.min(most, count.mostByRule) : most;

function tooNarrow(
  system: System,
  knowledge: Knowledge,
  targets: readonly number[],
  asked: Probe,
  safe: Set<number>,
): Found | null {
  const goalOf = (target: number, [least]: Interval): number => {
    const reach = system.counts[target]?.reach ?? 0;
    return Math.max(reach, least + reach - 1);
  };
  const isNarrow = (target: number, seen: Interval): boolean => seen[1] < goalOf(target, seen);
  const isWide = (target: number): boolean => !isNarrow(target, asked.seen(target));
  const target = firstOpen(targets, safe, { isSeenSafe: isWide, isOpen: isNarrow, asked, goalOf });
  if (target === null) return null;
  const { reach, value = 0 } = system.counts[target] ?? {};
  const [least] = asked.interval(target);
  return { target, knowledge, moves: [Math.max(reach ?? 0, least + (reach ?? 0) - 1) - value] };
}

function pinned(knowledge: Knowledge, targets: readonly number[], asked: Probe, safe: Set<number>): Found | null {
  const target = firstOpen(targets, safe, {
    isSeenSafe: asked.isMoved,
    isOpen: (_, [least, most]) => least === most,
    asked,
    goalOf: (_, [least]) => least + 1,
  });
  return target === null ? null : { target, knowledge, moves: [1, -1] };
}

interface Question {
  /** Whether witnesses prove a target safe. */
  readonly isSeenSafe: (target: number) => boolean;
  readonly isOpen: (target: number, interval: Interval) => boolean;
  readonly asked: Probe;
  readonly goalOf: Goal;
}

/** The first target that is open to attack: what is cheap to see first, then by the solver. */
function firstOpen(
  targets: readonly number[],
  safe: Set<number>,
  { isSeenSafe, isOpen, asked, goalOf }: Question,
): number | null {
  const unsure = (of: readonly number[]): readonly number[] =>
    of.filter((target) => {
      if (!isSeenSafe(target)) return true;
      safe.add(target);
      return false;
    });
  const open = unsure(targets);
  if (open.length === 0) return null;
  const obvious = open.find((target) => isOpen(target, asked.bounds(target)));
  if (obvious !== undefined) return obvious;
  asked.stir(open, goalOf);
  for (const target of open) {
    if (!isSeenSafe(target) && isOpen(target, asked.interval(target))) return target;
    safe.add(target);
  }
  return null;
}

/** The group of counts, tied together by what is hidden, of each count. */
function groupsOf(knowledge: Knowledge): ReadonlyMap<number, number> {
  const groups = connected(knowledge.lower.length, undecided(knowledge));
  return new Map(groups.flatMap(({ variables }, group) => variables.map((i) => [i, group] as const)));
}

/** Targets that share a chain of rows with the insider's count, without those that a witness proves safe. */
function linkedTo(
  insider: number,
  targets: readonly number[],
  { isMoved }: Probe,
  groupOf: () => ReadonlyMap<number, number>,
  safe: Set<number>,
): readonly number[] {
  const open = targets.filter((target) => !isMoved(target));
  for (const target of targets) if (!open.includes(target)) safe.add(target);
  if (open.length === 0) return [];
  const group = groupOf().get(insider);
  return group === undefined ? [] : open.filter((target) => groupOf().get(target) === group);
}
