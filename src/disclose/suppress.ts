import { intervals, type Knowledge } from "./attack.ts";
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
 * @throws when the solver fails: nothing is known to be safe then
 */
export function suppress(system: System, primary: Hidden, solver: Solver): Suppression {
  const hidden = new Map<string, Reason>([...primary].map((unit) => [unit, { status: "A", protects: null }]));
  const exposed = new Set<number>();
  for (;;) {
    const breach = firstBreach(system, hidden, primary, exposed, solver);
    if (breach === null) break;
    const cover = cheapestCover(system, new Set(hidden.keys()), breach, solver);
    if (cover.length === 0) exposed.add(breach.target);
    const protects = system.counts[breach.target]?.unit ?? `difference ${breach.target}`;
    for (const unit of cover) hidden.set(unit, { status: "D", protects });
  }
  return { hidden: withoutNeedless(system, hidden, primary, exposed, solver), exposed: [...exposed] };
}

type Reasons = ReadonlyMap<string, Reason>;

function withoutNeedless(
  system: System,
  hidden: Reasons,
  primary: Hidden,
  exposed: ReadonlySet<number>,
  solver: Solver,
): Reasons {
  const cost = (unit: string): number => system.units.get(unit)?.cost ?? 0;
  const secondary = [...hidden.keys()].filter((unit) => !primary.has(unit));
  const kept = new Map(hidden);
  if (secondary.length < 2) return kept;
  for (const unit of secondary.toSorted((a, b) => cost(b) - cost(a) || (a < b ? -1 : 1))) {
    const reason = kept.get(unit);
    kept.delete(unit);
    const isNeeded = firstBreach(system, kept, primary, exposed, solver) !== null;
    if (isNeeded && reason !== undefined) kept.set(unit, reason);
  }
  return kept;
}

/** The first breach that one of the three attackers finds, or null. */
function firstBreach(
  system: System,
  reasons: Reasons,
  primary: Hidden,
  exposed: ReadonlySet<number>,
  solver: Solver,
): Breach | null {
  const hidden = new Set(reasons.keys());
  const plain = knowledgeOf(system, hidden);
  const targets = [...system.counts.keys()].filter((i) => {
    const count = system.counts[i];
    return count !== undefined && count.reach !== null && isHidden(count, hidden) && !exposed.has(i);
  });
  const near = tooNarrow(system, plain, targets, solver);
  if (near !== null) return near;
  const informed = { ...plain, upper: plain.upper.map((most, i) => byRule(system.counts[i], most, primary)) };
  const known = pinned(informed, targets, solver);
  if (known !== null) return known;
  for (const insider of targets) {
    const own = system.counts[insider];
    if (own?.value !== 1 || own.unit === null) continue;
    const others = targets.filter((i) => system.counts[i]?.unit !== own.unit && system.counts[i]?.unit !== null);
    const upper = plain.upper.map((most, i) => (i === insider ? 1 : most));
    const lower = plain.lower.map((least, i) => (i === insider ? 1 : least));
    const found = pinned({ ...plain, lower, upper }, linked(plain, insider, others), solver);
    if (found !== null) return found;
  }
  return null;
}

const byRule = (count: Count | undefined, most: number, primary: Hidden): number =>
  count?.unit !== null && count !== undefined && primary.has(count.unit) ? Math.min(most, count.mostByRule) : most;

function tooNarrow(system: System, knowledge: Knowledge, targets: readonly number[], solver: Solver): Breach | null {
  const found = intervals(knowledge, targets, solver);
  for (const [at, target] of targets.entries()) {
    const [least, most] = found[at] ?? [0, 0];
    const { reach, value = 0 } = system.counts[target] ?? {};
    if (reach === null || reach === undefined) continue;
    const needed = Math.max(reach, least + reach - 1);
    if (most < needed) return { target, knowledge, moves: [needed - value] };
  }
  return null;
}

function pinned(knowledge: Knowledge, targets: readonly number[], solver: Solver): Breach | null {
  const found = intervals(knowledge, targets, solver);
  const at = found.findIndex(([least, most]) => least === most);
  const target = targets[at];
  return target === undefined ? null : { target, knowledge, moves: [1, -1] };
}

/** Those of the targets that share a chain of rows with the insider's count. */
function linked({ rows }: Knowledge, insider: number, targets: readonly number[]): readonly number[] {
  const reached = new Set([insider]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { terms } of rows) if (terms.some(([i]) => reached.has(i))) for (const [i] of terms) reached.add(i);
  }
  return targets.filter((i) => reached.has(i));
}
