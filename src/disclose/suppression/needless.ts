import { type Hidden, isHidden, knowledgeOf, type System } from "../system/system.ts";
import { firstBreach, type Proofs } from "./attackers.ts";
import type { Component } from "./component.ts";
import { connected } from "./connected.ts";
import { undecided } from "./narrow.ts";
import type { Proof } from "./search.ts";
import type { Reason, State } from "./suppress.ts";

/**
 * What must stay hidden: each further unit is shown again where all stay safe without it, the dearest first. Of a part
 * only that is asked anew whose proof moved a count that the unit shows.
 */
export function withoutNeedless(
  { units }: System,
  state: State,
  byUnit: ReadonlyMap<string, readonly Component[]>,
): ReadonlyMap<string, Reason> {
  const cost = (unit: string): number => units.get(unit)?.cost ?? 0;
  const kept = new Map(state.hidden);
  const secondary = [...kept.keys()].filter((unit) => !state.first.has(unit));
  if (secondary.length < 2) return kept;
  const lasting = new Set(state.first.keys());
  for (const unit of secondary.toSorted((a, b) => cost(b) - cost(a) || (a < b ? -1 : 1))) {
    const reason = kept.get(unit);
    const concerned = byUnit.get(unit) ?? [];
    if (state.halfOpen.size > 0 && concerned.some((part) => isNearHalfOpen(part, unit, kept, state))) {
      lasting.add(unit);
      continue;
    }
    const parts = concerned.map((part) => ({ part, closed: closedBy(part, unit, kept) }));
    kept.delete(unit);
    const without = { ...state, hidden: kept, lasting };
    const own = state.hiddenFor.get(unit);
    const taken = parts.map(({ part, closed }) => takenOut(part, state.proofsOf(part), closed));
    const isNeeded =
      (own !== undefined &&
        concerned.includes(own.component) &&
        firstBreach(own.component, without, state.proofsOf(own.component), new Set([own.target])) !== null) ||
      parts.some(
        ({ part }, k) => (taken[k] ?? []).length > 0 && firstBreach(part, without, state.proofsOf(part)) !== null,
      );
    if (!isNeeded) continue;
    if (reason !== undefined) kept.set(unit, reason);
    lasting.add(unit);
    for (const broken of taken)
      for (const { known, target, proof } of broken) if (!known.has(target)) known.set(target, proof);
  }
  return kept;
}

/** Counts of a part that are hidden now, and shown once the unit is. */
const closedBy = ({ system, countsOf }: Component, unit: string, hidden: Hidden): readonly number[] =>
  (countsOf.get(unit) ?? []).filter((i) => {
    const count = system.counts[i];
    return count !== undefined && isHidden(count, hidden);
  });

interface Taken {
  readonly known: Map<number, Proof>;
  readonly target: number;
  readonly proof: Proof;
}

/** Takes out the proofs that say nothing once these counts are shown. */
function takenOut({ truth, witnesses }: Component, proofs: Proofs, closed: readonly number[]): readonly Taken[] {
  const taken: Taken[] = [];
  if (closed.length === 0) return taken;
  const broken = new Set(witnesses.filter(({ values }) => closed.some((i) => values[i] !== truth[i])));
  for (const known of proofs.values())
    for (const [target, proof] of known) {
      if (proof !== null && !proof.some((witness) => broken.has(witness))) continue;
      known.delete(target);
      taken.push({ known, target, proof });
    }
  return taken;
}

/** Whether a count of which showing more would tell more hangs together with the unit's by what is hidden. */
function isNearHalfOpen({ system, at }: Component, unit: string, hidden: Hidden, { halfOpen }: State): boolean {
  const groups = connected(system.counts.length, undecided(knowledgeOf(system, hidden)));
  return groups.some(
    ({ variables }) =>
      variables.some((i) => system.counts[i]?.units.includes(unit)) && variables.some((i) => halfOpen.has(at[i] ?? -1)),
  );
}
