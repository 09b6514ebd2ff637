import { once } from "../once.ts";
import { probe } from "./attack.ts";
import { leastChange, type Room } from "./change.ts";
import type { Component } from "./component.ts";
import type { Attacker, Breach } from "./cover.ts";
import type { Interval, Knowledge } from "./narrow.ts";
import type { Solver } from "./solver.ts";
import type { System } from "./system.ts";
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
  readonly costs: Room["costs"];
  readonly isSafe: (target: number, interval: Interval) => boolean;
  /** How far the target must be able to move from its true value, one way or the other, by the least that it can be. */
  readonly movesAt: (target: number, least: () => number) => readonly number[];
  /** Whether the knowledge says anything of the target that others don't know; all are where absent. */
  readonly isConcerned?: (target: number) => boolean;
}

/**
 * The first target that is open to attack: by the witnesses there are; by the rows one by one; by a linear programme
 * each way, whose answer is a witness where it is whole, and else an outer limit; at last by the exact interval.
 * @param known proofs of the targets found safe; filled
 */
export function search(
  component: Component,
  { attacker, knowledge, agreeing, costs, isSafe, movesAt, isConcerned = () => true }: Attack,
  open: readonly number[],
  known: Map<number, Proof>,
  solver: Solver,
): Breach | null {
  const { system, truth } = component;
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
  const exact = (target: number): Interval => {
    const before = found.length;
    const interval = asked.interval(target);
    for (const witness of found.slice(before)) keep(witness);
    return interval;
  };
  const breach = (target: number): Breach => ({
    attacker,
    target,
    knowledge,
    moves: () => movesAt(target, () => exact(target)[0]),
  });
  const obvious = unsure.find((target) => !isSafe(target, asked.bounds(target)));
  if (obvious !== undefined) return breach(obvious);
  const room = once(() => ({ most: roomOf(system, knowledge), costs }));
  /** The target's outer limits, narrowed by a programme each way until it is proven safe. */
  const limits = (target: number): Interval => {
    let [least, most] = asked.bounds(target);
    for (const move of movesAt(target, () => seen.of(target)[0])) {
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
    const outer = limits(target);
    if (known.has(target)) continue;
    if (!isSafe(target, outer) || !isSafe(target, exact(target))) return breach(target);
    if (!isProven(target)) known.set(target, null);
  }
  return null;
}

/** How far the counts may move from their true values. */
function roomOf({ counts }: System, { lower, upper }: Knowledge): Float64Array {
  const most = new Float64Array(2 * counts.length);
  for (const [i, { value }] of counts.entries()) {
    most[2 * i] = Math.max(0, (upper[i] ?? Number.POSITIVE_INFINITY) - value);
    most[2 * i + 1] = Math.max(0, value - (lower[i] ?? 0));
  }
  return most;
}

/** The witness that a change makes of the true values, or null where it isn't one of whole persons. */
function wholeChange({ system, truth }: Component, by: Float64Array): Witness | null {
  if (!by.every((change) => Math.abs(change - Math.round(change)) < 1e-7)) return null;
  const values = truth.map((value, i) => value + Math.round(by[i] ?? 0));
  return holds(system.rows, values) ? witnessOf(values, truth) : null;
}
