import { once } from "../../once.ts";
import type { Solver } from "../solver.ts";
import { roomOf } from "../system/system.ts";
import { probe } from "./attack.ts";
import { leastChange } from "./change.ts";
import type { Component } from "./component.ts";
import type { Attacker, Breach } from "./cover.ts";
import type { Interval, Knowledge } from "./narrow.ts";
import { extremesOf, holds, type Witness, witnessOf } from "./witness.ts";

/**
 * Why a target is safe: witnesses, and it is so as long as they agree with what is known; null where that is known of
 * just what is hidden now.
 */
export type Proof = readonly Witness[] | null;

/** One attacker's knowledge, and when a target is safe from it. */
export interface Attack {
  readonly attacker: Attacker;
  readonly knowledge: Knowledge;
  /** Witnesses found so far that agree with the knowledge. */
  readonly agreeing: readonly Witness[];
  /** What moving a count costs a proof. */
  readonly cost: Float64Array;
  readonly isSafe: (target: number, interval: Interval) => boolean;
  /** How far the target must be able to move from its true value, one way or the other, by the least that it can be. */
  readonly movesAt: (target: number, least: () => number) => readonly number[];
  /** Whether the knowledge says anything of the target that others don't know; all are where absent. */
  readonly isConcerned?: (target: number) => boolean;
}

/**
 * The first target that is open to attack: by the witnesses there are; by the rows one by one; by mending (`mend.ts`); by
 * a linear programme each way, whose answer is a witness where it is whole, and else an outer limit; at last by the
 * exact interval. Which it is doesn't depend on the witnesses: they only say sooner what the exact intervals would.
 * @param known proofs of the targets found safe; filled
 */
export function search(
  component: Component,
  { attacker, knowledge, agreeing, cost, isSafe, movesAt, isConcerned = () => true }: Attack,
  open: readonly number[],
  known: Map<number, Proof>,
  solver: Solver,
): Breach | null {
  const { truth } = component;
  const seen = extremesOf(truth, agreeing);
  const isProven = (target: number): boolean => {
    if (!isSafe(target, seen.of(target))) return false;
    known.set(target, seen.witnessesOf(target));
    return true;
  };
  const unsure = open.filter((target) => {
    if (isProven(target)) return false;
    if (isConcerned(target)) return true;
    known.set(target, null);
    return false;
  });
  if (unsure.length === 0) return null;
  const found: Witness[] = [];
  const asked = probe(knowledge, truth, found, solver);
  const keep = (witness: Witness): void => {
    component.witnesses.push(witness);
    seen.look(witness);
  };
  const keepFound = <T>(ask: () => T): T => {
    const before = found.length;
    const answer = ask();
    for (const witness of found.slice(before)) keep(witness);
    return answer;
  };
  const room = once(() => ({ ...roomOf(component.system, knowledge), cost }));
  const mend = (target: number, move: number): void => {
    const by = component.mended(room(), target, move);
    const witness = by === null ? null : wholeChange(component, by);
    if (witness !== null) keep(witness);
  };
  /** The least that the target was seen to be so far; it is looked for below. */
  const leastSeen = (target: number): number => {
    const [end] = asked.bounds(target);
    if (seen.of(target)[0] > end) mend(target, end - (truth[target] ?? 0));
    return seen.of(target)[0];
  };
  const least = (target: number): number => {
    const low = leastSeen(target);
    return low === asked.bounds(target)[0] ? low : keepFound(() => asked.least(target));
  };
  const exact = (target: number): Interval => keepFound(() => asked.interval(target));
  const breach = (target: number): Breach => ({
    attacker,
    target,
    knowledge,
    moves: () => movesAt(target, () => least(target)),
  });
  const obvious = unsure.find((target) => !isSafe(target, asked.bounds(target)));
  if (obvious !== undefined) return breach(obvious);
  const isMended = (target: number, moves: readonly number[]): boolean =>
    isProven(target) ||
    moves.some((move) => {
      mend(target, move);
      return isProven(target);
    });
  /** The target's outer limits, narrowed by a programme for each move until it is proven safe. */
  const limits = (target: number, moves: readonly number[]): Interval => {
    let [least, most] = asked.bounds(target);
    for (const move of moves) {
      const { by, reached } = leastChange(component, room(), target, move, solver);
      const witness = wholeChange(component, by);
      if (witness !== null) keep(witness);
      if (isProven(target)) break;
      const value = truth[target] ?? 0;
      const end = Math.floor(reached + 1e-6);
      if (end >= Math.abs(move)) continue;
      if (move > 0) most = Math.min(most, value + end);
      else least = Math.max(least, value - end);
    }
    return [least, most];
  };
  for (const target of unsure) {
    if (isProven(target)) continue;
    const moves = movesAt(target, () => leastSeen(target));
    if (isMended(target, moves)) continue;
    const outer = limits(target, moves);
    if (known.has(target)) continue;
    if (!isSafe(target, outer) || !isSafe(target, exact(target))) return breach(target);
    if (!isProven(target)) known.set(target, null);
  }
  return null;
}

/** The witness that a change makes of the true values, or null where it isn't one of whole persons. */
function wholeChange({ system, truth }: Component, by: ArrayLike<number>): Witness | null {
  const values = truth.slice();
  for (let i = 0; i < by.length; i++) {
    const move = Math.round(by[i] ?? 0);
    if (Math.abs((by[i] ?? 0) - move) >= 1e-7) return null;
    values[i] = (values[i] ?? 0) + move;
  }
  return holds(system.rows, values) ? witnessOf(values, truth) : null;
}
