import type { MatchedDesign } from "./design.ts";
import type { Unfitted } from "./logistic.ts";
import { type Distance, scoreOf, unitsOf } from "./nearest.ts";
import type { Nodes } from "./nearest-nodes.ts";
import { MOST_ON_A_SCORE, type TooLarge } from "./optimal.ts";
import { assignOnLine } from "./optimal-line.ts";
import type { Patterns } from "./patterns.ts";
import { nodeDesign, type Pool, pooledNodes, settled } from "./tie-averaged.ts";

interface OptimalAveragedSettings {
  readonly distance: Exclude<Distance, { kind: "mahalanobis" }>;
  readonly ratio?: number;
  readonly exact?: readonly string[];
}

interface OptimalAveragedDesign extends MatchedDesign {
  /** Sum of the distances of all matches: the least there is. */
  readonly total: number;
  readonly warnings: readonly string[];
}

/**
 * Optimal matching on patterns, `tie-averaged`: how many rows of each score are matched with which other score so that
 * the distances sum to least, 1:1 or 1:k within blocks; each match is spread evenly over the rows that share a score.
 * A block with fewer controls than participants gives each control to the participants that cost least in sum.
 * The total is that of the person mode (optimal.ts). Where several matches are as good, the lower scores are taken.
 * @returns why there is no answer where a propensity score has none, or a block is too large
 */
export function matchOptimalTieAveraged(
  patterns: Patterns,
  settings: OptimalAveragedSettings,
): OptimalAveragedDesign | Unfitted | TooLarge {
  const { ratio = 1 } = settings;
  const scores = scoreOf(patterns, settings.distance);
  if (typeof scores === "string") return scores;
  const score = settings.distance.kind === "given" ? scores.values : scores.values.map(settled);
  const units = unitsOf(patterns, settings.exact ?? []);
  const { nodes, pool } = pooledNodes(units, score, patterns.rows);
  const blocks = blocksOf(nodes, pool, ratio);
  const refused = blocks.find(({ few, many }) => few.length * many.length > MOST_ON_A_SCORE);
  if (refused !== undefined) return tooLarge(refused);
  const shares = { treated: new Float64Array(nodes.count), control: new Float64Array(nodes.count) };
  const total = blocks.reduce((sum, block) => sum + spread(block, nodes, pool, shares), 0);
  const design = nodeDesign("optimal, tie-averaged", patterns, { nodes, pool, block: units.block }, shares, false);
  return { ...design, total, warnings: scores.warnings };
}

/** The rows of a block by node, ascending: those who choose, each as often as it is matched, and those chosen from. */
interface Block {
  readonly few: Int32Array;
  readonly many: Int32Array;
  readonly copies: number;
  /** Rows in all; participants choose, or controls where they are fewer. */
  readonly participants: number;
  readonly controls: number;
}

function blocksOf(nodes: Nodes, pool: Pool, ratio: number): readonly Block[] {
  const members = new Map<number, number[]>();
  for (let node = 0; node < nodes.count; node++) {
    const list = members.get(nodes.block[node] as number) ?? [];
    list.push(node);
    members.set(nodes.block[node] as number, list);
  }
  return [...members.values()].flatMap((list) => {
    const rowsOf = (rows: Float64Array) => list.reduce((sum, node) => sum + (rows[node] as number), 0);
    const [participants, controls] = [rowsOf(pool.treated), rowsOf(pool.control)];
    if (participants === 0 || controls === 0) return [];
    const choose = controls >= participants;
    const copies = choose ? Math.min(ratio, Math.floor(controls / participants)) : 1;
    const needed = Math.min(participants, controls) * copies;
    const [few, many] = choose ? [pool.treated, pool.control] : [pool.control, pool.treated];
    // of a score no more rows can be chosen than are needed in all
    return [
      { few: repeated(list, few, copies), many: repeated(list, many, 1, needed), copies, participants, controls },
    ];
  });
}

function repeated(list: readonly number[], rows: Float64Array, copies: number, most = Number.POSITIVE_INFINITY) {
  return Int32Array.from(
    list.flatMap((node) => new Array<number>(Math.min(most, (rows[node] as number) * copies)).fill(node)),
  );
}

/** Adds a block's matches to the weights of its nodes; returns the sum of their distances. */
function spread(
  { few, many, copies, participants, controls }: Block,
  { score }: Nodes,
  pool: Pool,
  shares: { readonly treated: Float64Array; readonly control: Float64Array },
): number {
  const scores = (side: Int32Array) => Float64Array.from(side, (node) => score[node] as number);
  let total = 0;
  assignOnLine(scores(few), scores(many)).forEach((j, i) => {
    const [chooser, chosen] = [few[i] as number, many[j] as number];
    const [treated, control] = controls >= participants ? [chooser, chosen] : [chosen, chooser];
    total += Math.abs((score[treated] as number) - (score[control] as number));
    const value = 1 / copies;
    shares.treated[treated] = (shares.treated[treated] as number) + value / (pool.treated[treated] as number);
    shares.control[control] = (shares.control[control] as number) + value / (pool.control[control] as number);
    pool.free[control] = (pool.free[control] as number) - 1;
  });
  return total;
}

function tooLarge({ few, many, participants, controls }: Block): TooLarge {
  return { reason: "too large", participants, controls, comparisons: few.length * many.length, most: MOST_ON_A_SCORE };
}
