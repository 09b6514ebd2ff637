import type { Component } from "./component.ts";
import { type Row, type Solver, solved } from "./solver.ts";

/** How far the counts of a part can change, and what that costs. */
export interface Room {
  /** Most that count i may rise by (2 i) and fall by (2 i + 1), in persons. */
  readonly most: Float64Array;
  /** What a person's change costs, where it costs anything: 1 at most. */
  readonly costs: Row["terms"];
}

export interface Change {
  /** What each count changes by. */
  readonly by: Float64Array;
  /** How far the target moved: as far as asked, or as it can at all, by fractions of persons too. */
  readonly reached: number;
}

/**
 * What it is worth to move the target by one person: ten times the dearest person's change of every count. Much more
 * would leave too few digits to the costs.
 */
const worthOf = (size: number): number => Math.max(1e4, 10 * size);

/**
 * The least costly change that keeps every equation and moves the target up (or, `by` below 0, down) as far as asked:
 * one linear programme. Its counts needn't be whole, so no change in whole numbers moves the target further.
 */
export function leastChange(
  { changes, system }: Component,
  { most, costs }: Room,
  target: number,
  by: number,
  solver: Solver,
): Change {
  const size = system.counts.length;
  const span = Math.abs(by) * size;
  const upper = most.map((end) => Math.min(span, end));
  const [moving, still] = by > 0 ? [2 * target, 2 * target + 1] : [2 * target + 1, 2 * target];
  upper[moving] = Math.min(upper[moving] ?? 0, Math.abs(by));
  upper[still] = 0;
  const { values } = solved(solver, {
    sense: "minimize",
    isWhole: false,
    objective: [...costs, [moving, -worthOf(size)]],
    rows: changes,
    lower: new Float64Array(2 * size),
    upper,
  });
  return {
    by: Float64Array.from({ length: size }, (_, i) => (values[2 * i] ?? 0) - (values[2 * i + 1] ?? 0)),
    reached: values[moving] ?? 0,
  };
}
