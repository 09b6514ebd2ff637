import type { MatchedDesign } from "./design.ts";
import { distanceSd } from "./distance.ts";
import type { Unfitted } from "./logistic.ts";
import { type Distance, scoreOf, unitsOf } from "./nearest.ts";
import { lineOf, rootOf } from "./nearest-line.ts";
import { type Nodes, nodeGap, nodesOf } from "./nearest-nodes.ts";
import { ALL_USED, NO_CONTROL_IN_BLOCK, NO_DISTANCE, NONE_NEAR, NOT_CHOSEN } from "./nearest-pairs.ts";
import type { Patterns } from "./patterns.ts";

export interface TieAveragedSettings {
  readonly distance: Exclude<Distance, { kind: "mahalanobis" }>;
  readonly ratio?: number;
  readonly replace?: boolean;
  /** In standard deviations of the score over all rows. */
  readonly caliper?: number;
  /** Which participants choose first; no order of persons is known here. */
  readonly order?: "largest" | "smallest";
  readonly exact?: readonly string[];
}

export interface TieAveragedDesign extends MatchedDesign {
  readonly caliper: number | null;
  /** Rows of participants that have a match, which may be a fraction of a pattern's. */
  readonly matchedParticipants: number;
  readonly warnings: readonly string[];
}

const REASONS = [NO_CONTROL_IN_BLOCK, NONE_NEAR, ALL_USED, NO_DISTANCE, NOT_CHOSEN] as const;

/**
 * Nearest matching on patterns, `tie-averaged`: patterns say how many rows share a score, not who is matched, so a match
 * is spread evenly over all rows that tie. Participants with the same score choose together; what they take from a
 * score, or from two scores as near on both sides, is shared by all its rows in proportion to what is still free.
 * Another estimator than the person mode with its ties by place; the same where no two rows tie, and independent of
 * the order of rows. A participant's weight is the share of its pattern that is matched.
 * @returns why there is no answer where a propensity score has none
 */
export function matchNearestTieAveraged(
  patterns: Patterns,
  settings: TieAveragedSettings,
): TieAveragedDesign | Unfitted {
  const scores = scoreOf(patterns, settings.distance);
  if (typeof scores === "string") return scores;
  const score = settings.distance.kind === "given" ? scores : { ...scores, values: scores.values.map(settled) };
  const units = unitsOf(patterns, settings.exact ?? []);
  const sd = settings.caliper === undefined ? null : distanceSd(score.values, patterns.rows);
  const caliper = settings.caliper === undefined ? null : settings.caliper * (sd ?? 0);
  const nodes = nodesOf(lineOf(units, score.values), patterns.arm);
  const pool = poolOf(nodes, patterns.rows);
  const matches = matchNodes(nodes, pool, settings, caliper ?? Number.POSITIVE_INFINITY);
  const shares = weigh(nodes, pool, matches, settings.replace === true);
  const weights = new Float64Array(patterns.size);
  eachMember(nodes.treated, nodes.treatedFrom, (unit, node) => {
    weights[unit] = shares.treated[node] as number;
  });
  eachMember(nodes.control, nodes.controlFrom, (unit, node) => {
    weights[unit] = shares.control[node] as number;
  });
  return {
    method: "nearest, tie-averaged",
    weights,
    stratum: new Int32Array(patterns.size).fill(-1),
    strata: null,
    reason: reasonsOf(patterns, nodes, pool, units.block, weights, settings.replace === true),
    reasons: REASONS,
    caliper,
    matchedParticipants: shares.matched,
    warnings: score.warnings,
  };
}

/** Fitted scores that differ by rounding only, with the order of rows, tie: they are taken in steps of 2^-32. */
const settled = (score: number): number => Math.round(score * 2 ** 32) / 2 ** 32;

/** Rows at each node: participants, controls, and controls still free. */
interface Pool {
  readonly treated: Float64Array;
  readonly control: Float64Array;
  readonly free: Float64Array;
}

/** What the participants of a node took from another in a round, in rows. */
interface NodeMatch {
  readonly from: number;
  readonly to: number;
  readonly round: number;
  readonly rows: number;
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

function matchNodes(nodes: Nodes, pool: Pool, settings: TieAveragedSettings, caliper: number): NodeMatch[] {
  const { ratio = 1, replace = false, order = "largest" } = settings;
  const ascending = Array.from({ length: nodes.count }, (_, node) => node).filter(
    (n) => (pool.treated[n] as number) > 0,
  );
  const asked = order === "largest" ? ascending.reverse() : ascending;
  const matches: NodeMatch[] = [];
  const reach = reachOf(pool.free);
  if (replace) for (const node of asked) takeWithReplacement(nodes, pool, reach, node, ratio, caliper, matches);
  else {
    const waiting = pool.treated.slice();
    for (let round = 1; round <= ratio; round++)
      for (const node of asked) {
        waiting[node] = takeRows(nodes, pool, reach, node, round, waiting[node] as number, caliper, matches);
      }
  }
  return matches;
}

/** Takes up to `wanted` free rows nearest to a node; returns how many it got. */
function takeRows(
  nodes: Nodes,
  { free }: Pool,
  reach: ReturnType<typeof reachOf>,
  node: number,
  round: number,
  wanted: number,
  caliper: number,
  matches: NodeMatch[],
): number {
  let missing = wanted;
  while (missing > 0) {
    const [below, above] = [reach.below(node), reach.above(node)];
    const [toBelow, toAbove] = [nodeGap(nodes, node, below), nodeGap(nodes, node, above)];
    const nearest = Math.min(toBelow, toAbove);
    if (!(nearest <= caliper) || nearest === Number.POSITIVE_INFINITY) break;
    const tied = toBelow === toAbove ? [below, above] : [toBelow < toAbove ? below : above];
    const available = tied.reduce((sum, to) => sum + (free[to] as number), 0);
    const rows = Math.min(missing, available);
    for (const to of tied) {
      const share = rows === available ? (free[to] as number) : (rows * (free[to] as number)) / available;
      matches.push({ from: node, to, round, rows: share });
      free[to] = rows === available ? 0 : (free[to] as number) - share;
      if (free[to] === 0) reach.close(to);
    }
    missing = rows === available ? missing - rows : 0;
  }
  return wanted - missing;
}

/** Every participant of a node takes its `ratio` nearest rows: whole scores while they last, a share of the last. */
function takeWithReplacement(
  nodes: Nodes,
  { treated, control }: Pool,
  reach: ReturnType<typeof reachOf>,
  node: number,
  ratio: number,
  caliper: number,
  matches: NodeMatch[],
): void {
  let [below, above] = [reach.below(node), reach.above(node)];
  for (let missing = ratio, round = 1; missing > 0; round++) {
    const [toBelow, toAbove] = [nodeGap(nodes, node, below), nodeGap(nodes, node, above)];
    const nearest = Math.min(toBelow, toAbove);
    if (!(nearest <= caliper) || nearest === Number.POSITIVE_INFINITY) return;
    const tied = toBelow === toAbove ? [below, above] : [toBelow < toAbove ? below : above];
    const available = tied.reduce((sum, to) => sum + (control[to] as number), 0);
    const taken = Math.min(missing, available);
    for (const to of tied) {
      const rows = ((treated[node] as number) * taken * (control[to] as number)) / available;
      matches.push({ from: node, to, round, rows });
    }
    missing -= taken;
    if (toBelow === nearest) below = reach.below(below);
    if (toAbove === nearest) above = reach.above(above + 1);
  }
}

/** Weights of one row of each node, and the participants matched. */
function weigh(nodes: Nodes, pool: Pool, matches: readonly NodeMatch[], replace: boolean) {
  const rowsByRound = new Map<number, number[]>();
  for (const { from, round, rows } of matches) {
    const rounds = rowsByRound.get(from) ?? [];
    rounds[round - 1] = (rounds[round - 1] ?? 0) + rows;
    rowsByRound.set(from, rounds);
  }
  const treated = new Float64Array(nodes.count);
  const control = new Float64Array(nodes.count);
  const values = new Map<number, readonly number[]>();
  let matched = 0;
  for (const [node, rounds] of rowsByRound) {
    const size = pool.treated[node] as number;
    const share = replace ? 1 : Math.min(1, (rounds[0] as number) / size);
    treated[node] = share;
    matched += share * size;
    values.set(node, replace ? evenValues(rounds, size) : roundValues(rounds));
  }
  for (const { from, to, round, rows } of matches)
    control[to] =
      (control[to] as number) + (rows * (values.get(from)?.[round - 1] ?? 0)) / (pool.control[to] as number);
  return { treated, control, matched };
}

/** With replacement everyone at a node has as many matches m: each counts 1 / m. */
function evenValues(rounds: readonly number[], size: number): readonly number[] {
  const total = rounds.reduce((sum, rows) => sum + rows, 0);
  return rounds.map(() => size / total);
}

/**
 * Without replacement the f_r participants matched in round r are among those of round r - 1, so f_j - f_(j+1) of them
 * have j matches; one of round r counts the mean of 1 / j over j >= r.
 */
function roundValues(rounds: readonly number[]): readonly number[] {
  return rounds.map((rows, r) => {
    let sum = 0;
    for (let j = r; j < rounds.length; j++) sum += ((rounds[j] as number) - (rounds[j + 1] ?? 0)) / (j + 1);
    return sum / rows;
  });
}

/** The nearest nodes with free rows on both sides, the node itself counted as above. */
function reachOf(free: Float64Array) {
  const after = new Int32Array(free.length + 1);
  const before = new Int32Array(free.length + 1);
  after[free.length] = free.length;
  free.forEach((rows, node) => {
    after[node] = rows > 0 ? node : node + 1;
    before[node + 1] = rows > 0 ? node + 1 : node;
  });
  return {
    above: (node: number) => rootOf(after, node),
    below: (node: number) => rootOf(before, node) - 1,
    close: (node: number) => {
      after[node] = node + 1;
      before[node + 1] = node;
    },
  };
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
