import type { MatchedDesign } from "./design.ts";
import { distanceSd } from "./distance.ts";
import type { Unfitted } from "./logistic.ts";
import { type Distance, scoreOf, unitsOf } from "./nearest.ts";
import { candidateHeap } from "./nearest-heap.ts";
import { rootOf } from "./nearest-line.ts";
import { type Nodes, nodeGap } from "./nearest-nodes.ts";
import type { Patterns } from "./patterns.ts";
import { nodeDesign, type Pool, pooledNodes, settled } from "./tie-averaged.ts";

/** As those of person by person matching, without what needs each person: Mahalanobis distance, order of the data. */
export interface TieAveragedSettings {
  readonly distance: Exclude<Distance, { kind: "mahalanobis" }>;
  readonly ratio?: number;
  readonly replace?: boolean;
  /** In standard deviations of the score over all rows. */
  readonly caliper?: number;
  /** Which participants choose first; no order of persons is known here. `closest`: the nearest scores of all. */
  readonly order?: "largest" | "smallest" | "closest";
  readonly exact?: readonly string[];
}

/**
 * A match spread evenly over rows that tie: a participant weighs the share of its pattern that is matched, 0 to 1.
 * `caliper` is in the score's own unit, null where none was set.
 */
export interface TieAveragedDesign extends MatchedDesign {
  readonly caliper: number | null;
  /** Rows of participants that have a match, which may be a fraction of a pattern's. */
  readonly matchedParticipants: number;
  readonly warnings: readonly string[];
}

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
  const { nodes, pool } = pooledNodes(units, score.values, patterns.rows);
  const matches = matchNodes(nodes, pool, settings, caliper ?? Number.POSITIVE_INFINITY);
  const replace = settings.replace === true;
  const shares = weigh(nodes, pool, matches, replace);
  return {
    ...nodeDesign("nearest, tie-averaged", patterns, { nodes, pool, block: units.block }, shares, replace),
    caliper,
    matchedParticipants: shares.matched,
    warnings: score.warnings,
  };
}

/** What the participants of a node took from another in a round, in rows. */
interface NodeMatch {
  readonly from: number;
  readonly to: number;
  readonly round: number;
  readonly rows: number;
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
      if (order === "closest") closestRound(nodes, pool, reach, ascending, round, waiting, caliper, matches);
      else
        for (const node of asked) {
          waiting[node] = takeRows(nodes, pool, reach, node, round, waiting[node] as number, caliper, matches);
        }
  }
  return matches;
}

/** Takes up to `wanted` free rows nearest to a node; returns how many it got. */
function takeRows(
  nodes: Nodes,
  pool: Pool,
  reach: ReturnType<typeof reachOf>,
  node: number,
  round: number,
  wanted: number,
  caliper: number,
  matches: NodeMatch[],
): number {
  let missing = wanted;
  while (missing > 0) {
    const taken = takeNearest(nodes, pool, reach, node, round, missing, caliper, matches);
    if (taken === 0) break;
    missing -= taken;
  }
  return wanted - missing;
}

/** Takes from the nearest score, or from two as near on both sides; returns how many rows, 0 where none is near enough. */
function takeNearest(
  nodes: Nodes,
  { free }: Pool,
  reach: ReturnType<typeof reachOf>,
  node: number,
  round: number,
  missing: number,
  caliper: number,
  matches: NodeMatch[],
): number {
  const [below, above] = [reach.below(node), reach.above(node)];
  const [toBelow, toAbove] = [nodeGap(nodes, node, below), nodeGap(nodes, node, above)];
  const nearest = Math.min(toBelow, toAbove);
  if (!(nearest <= caliper) || nearest === Number.POSITIVE_INFINITY) return 0;
  const tied = toBelow === toAbove ? [below, above] : [toBelow < toAbove ? below : above];
  const available = tied.reduce((sum, to) => sum + (free[to] as number), 0);
  const rows = Math.min(missing, available);
  for (const to of tied) {
    const share = rows === available ? (free[to] as number) : (rows * (free[to] as number)) / available;
    matches.push({ from: node, to, round, rows: share });
    free[to] = rows === available ? 0 : (free[to] as number) - share;
    if (free[to] === 0) reach.close(to);
  }
  return rows;
}

/** The nearest two scores of all first; participants of the lower score where two pairs are as near. */
function closestRound(
  nodes: Nodes,
  pool: Pool,
  reach: ReturnType<typeof reachOf>,
  asked: readonly number[],
  round: number,
  waiting: Float64Array,
  caliper: number,
  matches: NodeMatch[],
): void {
  const heap = candidateHeap();
  const gap = (node: number) =>
    Math.min(nodeGap(nodes, node, reach.below(node)), nodeGap(nodes, node, reach.above(node)));
  const offer = (node: number) => {
    const distance = gap(node);
    if (distance <= caliper && distance < Number.POSITIVE_INFINITY)
      heap.push({ distance, treatedId: node, controlId: 0, from: node, to: 0 });
  };
  const left = Float64Array.from(waiting);
  for (const node of asked) if ((left[node] as number) > 0) offer(node);
  for (let next = heap.pop(); next !== undefined; next = heap.pop()) {
    const node = next.from;
    if (gap(node) > next.distance) {
      offer(node);
      continue;
    }
    left[node] =
      (left[node] as number) - takeNearest(nodes, pool, reach, node, round, left[node] as number, caliper, matches);
    if ((left[node] as number) > 0) offer(node);
  }
  for (const node of asked) waiting[node] = (waiting[node] as number) - (left[node] as number);
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
