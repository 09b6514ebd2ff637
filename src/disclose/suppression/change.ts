import { type Solver, solved } from "../solver.ts";
import type { Component } from "./component.ts";
import type { Room } from "./mend.ts";

interface Change {
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
 * one linear programme, over what each count rises by (2 i) and falls by (2 i + 1). Its counts needn't be whole, so no
 * change in whole numbers moves the target further.
 */
export function leastChange(
  { changes, system }: Component,
  { rise, fall, cost }: Room,
  target: number,
  by: number,
  solver: Solver,
): Change {
  const size = system.counts.length;
  const span = Math.abs(by) * size;
  const upper = new Float64Array(2 * size);
  const objective: [number, number][] = [];
  for (let i = 0; i < size; i++) {
    upper[2 * i] = Math.min(span, rise[i] ?? 0);
    upper[2 * i + 1] = Math.min(span, fall[i] ?? 0);
    const own = cost[i] ?? 0;
    if (own > 0) objective.push([2 * i, own], [2 * i + 1, own]);
  }
  const [moving, still] = by > 0 ? [2 * target, 2 * target + 1] : [2 * target + 1, 2 * target];
  upper[moving] = Math.min(upper[moving] ?? 0, Math.abs(by));
  upper[still] = 0;
  objective.push([moving, -worthOf(size)]);
  const lower = new Float64Array(2 * size);
  const { values } = solved(solver, { sense: "minimize", isWhole: false, objective, rows: changes, lower, upper });
  return {
    by: Float64Array.from({ length: size }, (_, i) => (values[2 * i] ?? 0) - (values[2 * i + 1] ?? 0)),
    reached: values[moving] ?? 0,
  };
}
