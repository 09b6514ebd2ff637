import type { MatchedDesign } from "./design.ts";
import type { Units } from "./distance.ts";
import { lineOf } from "./nearest-line.ts";
import { type Nodes, nodesOf } from "./nearest-nodes.ts";
import { ALL_USED, NO_CONTROL_IN_BLOCK, NO_DISTANCE, NONE_NEAR, NOT_CHOSEN } from "./nearest-pairs.ts";
import type { Patterns } from "./patterns.ts";

/*
 * Matching by a score on patterns: rows that share block and score form a node, and a match is spread evenly over a
 * node's rows, since patterns don't say who is who.
 */

const REASONS = [NO_CONTROL_IN_BLOCK, NONE_NEAR, ALL_USED, NO_DISTANCE, NOT_CHOSEN] as const;

/** Rows at each node: participants, controls, and controls still free. */
export interface Pool {
  readonly treated: Float64Array;
  readonly control: Float64Array;
  readonly free: Float64Array;
}

/** Fitted scores that differ by rounding only, with the order of rows, tie: they are taken in steps of 2^-32. */
export const settled = (score: number): number => Math.round(score * 2 ** 32) / 2 ** 32;

/** Nodes of the patterns on a score, and how many rows each has. */
export function pooledNodes(units: Units, score: Float64Array, rows: Float64Array): { nodes: Nodes; pool: Pool } {
  const nodes = nodesOf(lineOf(units, score), units.arm);
  return { nodes, pool: poolOf(nodes, rows) };
}

function poolOf(nodes: Nodes, rows: Float64Array): Pool {
  const total = (items: Int32Array, from: Int32Array) => {
    const sums = new Float64Array(nodes.count);
    eachMember(items, from, (unit, node) => {
      sums[node] = (sums[node] as number) + (rows[unit] as number);
    });
    return sums;
  };
  const control = total(nodes.control, nodes.controlFrom);
  return { treated: total(nodes.treated, nodes.treatedFrom), control, free: control.slice() };
}

function eachMember(items: Int32Array, from: Int32Array, visit: (unit: number, node: number) => void): void {
  for (let node = 0; node + 1 < from.length; node++)
    for (let i = from[node] as number; i < (from[node + 1] as number); i++) visit(items[i] as number, node);
}

function reasonsOf(
  patterns: Patterns,
  nodes: Nodes,
  pool: Pool,
  block: Int32Array,
  weights: Float64Array,
  replace: boolean,
): Int32Array {
  const controls = new Map<number, { all: number; free: number }>();
  for (let node = 0; node < nodes.count; node++) {
    const counts = controls.get(nodes.block[node] as number) ?? { all: 0, free: 0 };
    counts.all += pool.control[node] as number;
    counts.free += pool.free[node] as number;
    controls.set(nodes.block[node] as number, counts);
  }
  const scored = new Uint8Array(patterns.size);
  eachMember(nodes.treated, nodes.treatedFrom, (unit) => scored.fill(1, unit, unit + 1));
  eachMember(nodes.control, nodes.controlFrom, (unit) => scored.fill(1, unit, unit + 1));
  const reason = (unit: number): number => {
    const wholly = patterns.arm[unit] === 1 ? 1 - 1e-12 : Number.MIN_VALUE;
    if ((block[unit] as number) < 0 || (weights[unit] as number) >= wholly) return -1;
    if (scored[unit] !== 1) return REASONS.indexOf(NO_DISTANCE);
    if (patterns.arm[unit] !== 1) return REASONS.indexOf(NOT_CHOSEN);
    const counts = controls.get(block[unit] as number);
    if (counts === undefined || counts.all === 0) return REASONS.indexOf(NO_CONTROL_IN_BLOCK);
    return REASONS.indexOf(!replace && counts.free === 0 ? ALL_USED : NONE_NEAR);
  };
  return Int32Array.from(weights, (_, unit) => reason(unit));
}

/** A design from the weight of one row of each node. */
export function nodeDesign(
  method: string,
  patterns: Patterns,
  { nodes, pool, block }: { readonly nodes: Nodes; readonly pool: Pool; readonly block: Int32Array },
  shares: { readonly treated: Float64Array; readonly control: Float64Array },
  replace: boolean,
): MatchedDesign {
  const weights = new Float64Array(patterns.size);
  eachMember(nodes.treated, nodes.treatedFrom, (unit, node) => {
    weights[unit] = shares.treated[node] as number;
  });
  eachMember(nodes.control, nodes.controlFrom, (unit, node) => {
    weights[unit] = shares.control[node] as number;
  });
  return {
    method,
    weights,
    stratum: new Int32Array(patterns.size).fill(-1),
    strata: null,
    reason: reasonsOf(patterns, nodes, pool, block, weights, replace),
    reasons: REASONS,
  };
}
