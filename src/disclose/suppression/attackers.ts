import { once } from "../../once.ts";
import type { Solver } from "../solver.ts";
import { type Count, type Hidden, isHidden, knowledgeOf, type System } from "../system/system.ts";
import type { Component } from "./component.ts";
import { connected } from "./connected.ts";
import type { Attacker, Breach } from "./cover.ts";
import { type Knowledge, undecided } from "./narrow.ts";
import { type Attack, type Proof, search } from "./search.ts";
import { agrees } from "./witness.ts";

/** What is hidden, and what is known of the attacks on it so far. */
interface Defence {
  readonly hidden: Hidden;
  /** Units hidden by a rule about themselves. */
  readonly primary: Hidden;
  /** Units that stay hidden in any case: proofs may rest on them. */
  readonly lasting: Hidden;
  /** Counts open to each attacker whatever is hidden, by their numbers in the whole system. */
  readonly exposed: Readonly<Record<Attacker, ReadonlySet<number>>>;
  readonly solver: Solver;
}

/** Targets found safe, by attacker: hiding more takes none of that away. */
export type Proofs = Map<string, Map<number, Proof>>;

/**
 * The first breach of a part that one of the three attackers finds, or null: one who knows what is shown; one who also
 * knows which counts the rule hides, and its threshold; and the one person behind a count of 1, who knows that count.
 * The first finds a count safe if it could be `reach` or more and its interval is at least reach - 1 wide; the others,
 * if it isn't pinned to one number.
 * @param proofs of targets found safe, which aren't asked of again; filled
 * @param among looks at these targets only
 */
export function firstBreach(
  component: Component,
  defence: Defence,
  proofs: Proofs = new Map(),
  among?: ReadonlySet<number>,
): Breach | null {
  const { system, at, witnesses, sensitive } = component;
  const { hidden, primary, exposed } = defence;
  const targets = sensitive.filter((i) => {
    const count = system.counts[i];
    return count !== undefined && among?.has(i) !== false && isHidden(count, hidden);
  });
  if (targets.length === 0) return null;
  const plain = once(() => knowledgeOf(system, hidden));
  const agreeing = once(() => witnesses.filter((witness) => agrees(witness, plain())));
  const cost = once(() => costsOf(component, defence));
  const attack = (attacker: Attacker, who: string, isOne: IsOne, knowing: () => Knowing): Breach | null => {
    const name = `${attacker} ${who}`;
    const known = proofs.get(name) ?? new Map<number, Proof>();
    proofs.set(name, known);
    const open = targets.filter((i) => !known.has(i) && !exposed[attacker].has(at[i] ?? 0) && isOne(i));
    if (open.length === 0) return null;
    return search(component, { ...knowing(), attacker, cost: cost() }, open, known, defence.solver);
  };
  const near = attack("plain", "", ANYONE, () => ({
    knowledge: plain(),
    agreeing: agreeing(),
    isSafe: (target, [least, most]) => most >= goalOf(system, target, least),
    movesAt: (target, least) => [goalOf(system, target, least()) - (system.counts[target]?.value ?? 0)],
  }));
  if (near !== null) return near;
  const rule = attack("rule", "", ANYONE, () => {
    const upper = Float64Array.from(plain().upper, (most, i) => byRule(system.counts[i], most, primary));
    const knowledge = { ...plain(), upper };
    return { knowledge, agreeing: agreeing().filter((witness) => agrees(witness, knowledge)), ...UNPINNED };
  });
  if (rule !== null) return rule;
  const groupOf = once(() => groupsOf(plain()));
  for (const insider of targets) {
    const own = system.counts[insider];
    if (own?.value !== 1 || own.units.length === 0) continue;
    const isOther = (i: number): boolean => {
      const { units = [] } = system.counts[i] ?? {};
      return units.length > 0 && !units.some((unit) => own.units.includes(unit));
    };
    const found = attack("insider", `${insider}`, isOther, () => ({
      knowledge: withKnown(plain(), insider),
      agreeing: agreeing().filter(({ values }) => values[insider] === 1),
      isConcerned: (target) => groupOf().get(insider) === groupOf().get(target) && groupOf().has(target),
      ...UNPINNED,
    }));
    if (found !== null) return found;
  }
  return null;
}

type IsOne = (target: number) => boolean;
const ANYONE: IsOne = () => true;

type Knowing = Omit<Attack, "attacker" | "cost">;

const UNPINNED: Pick<Knowing, "isSafe" | "movesAt"> = {
  isSafe: (_, [least, most]) => least < most,
  movesAt: () => [1, -1],
};

const goalOf = ({ counts }: System, target: number, least: number): number => {
  const reach = counts[target]?.reach ?? 0;
  return Math.max(reach, least + reach - 1);
};

/** The insider's knowledge: the own count is 1. */
function withKnown({ rows, lower, upper }: Knowledge, insider: number): Knowledge {
  const own = { rows, lower: Float64Array.from(lower), upper: Float64Array.from(upper) };
  own.lower[insider] = 1;
  own.upper[insider] = 1;
  return own;
}

const byRule = (count: Count | undefined, most: number, primary: Hidden): number =>
  count?.units.some((unit) => primary.has(unit)) ? Math.min(most, count.mostByRule) : most;

/** Proofs had better rest on what stays hidden in any case: the others cost as much as it costs to hide them. */
const costsOf = ({ system, prices }: Component, { hidden, lasting }: Defence): Float64Array =>
  Float64Array.from(system.counts, (count) =>
    isHidden(count, hidden)
      ? count.units.reduce((sum, unit) => sum + (lasting.has(unit) ? 0 : (prices.get(unit) ?? 0)), 0)
      : 0,
  );

/** The group of counts, tied together by what is hidden, of each count. */
function groupsOf(knowledge: Knowledge): ReadonlyMap<number, number> {
  const groups = connected(knowledge.lower.length, undecided(knowledge));
  return new Map(groups.flatMap(({ variables }, group) => variables.map((i) => [i, group] as const)));
}
