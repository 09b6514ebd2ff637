import type { Line } from "./nearest-line.ts";

/**
 * Units of a line that share block and score, one node each, in the order of the line. A node's participants are
 * `treated[treatedFrom[node] .. treatedFrom[node + 1])` in the order of ids, and its controls likewise.
 */
export interface Nodes {
  readonly count: number;
  readonly score: Float64Array;
  readonly block: Int32Array;
  readonly treated: Int32Array;
  readonly treatedFrom: Int32Array;
  readonly control: Int32Array;
  readonly controlFrom: Int32Array;
}

/** The nodes of a line: its places with one score within one block, each with its units of either arm in the line's order. */
export function nodesOf(line: Line, arm: Uint8Array): Nodes {
  const size = line.order.length;
  const nodeAt = new Int32Array(size);
  const score = new Float64Array(size);
  const block = new Int32Array(size);
  let count = 0;
  for (let place = 0; place < size; place++) {
    const unit = line.order[place] as number;
    const s = line.score[unit] as number;
    const b = line.block[unit] as number;
    if (count === 0 || score[count - 1] !== s || block[count - 1] !== b) {
      score[count] = s;
      block[count++] = b;
    }
    nodeAt[place] = count - 1;
  }
  const [treated, treatedFrom] = membersOf(1, line, arm, nodeAt, count);
  const [control, controlFrom] = membersOf(0, line, arm, nodeAt, count);
  return { count, score, block, treated, treatedFrom, control, controlFrom };
}

/** Distance between two nodes; infinite where the other is none of the same block. */
export function nodeGap({ count, score, block }: Nodes, node: number, other: number): number {
  if (other < 0 || other >= count || block[other] !== block[node]) return Number.POSITIVE_INFINITY;
  return Math.abs((score[other] as number) - (score[node] as number));
}

function membersOf(wanted: number, line: Line, arm: Uint8Array, nodeAt: Int32Array, count: number) {
  const members = line.order.filter((unit) => arm[unit] === wanted);
  const from = new Int32Array(count + 1);
  for (const unit of members) {
    const node = nodeAt[line.place[unit] as number] as number;
    from[node + 1] = (from[node + 1] as number) + 1;
  }
  for (let node = 0; node < count; node++) from[node + 1] = (from[node + 1] as number) + (from[node] as number);
  return [members, from] as const;
}
