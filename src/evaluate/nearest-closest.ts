import { idRanks, type Units } from "./distance.ts";
import { candidateHeap } from "./nearest-heap.ts";
import { type Nodes, nodeGap } from "./nearest-nodes.ts";
import { add, type Found, nothingFound } from "./nearest-pairs.ts";

/** Members of nodes still free: `items[cursor[node] .. end[node])`, in the order of ids. */
interface Queues {
  readonly items: Int32Array;
  readonly cursor: Int32Array;
  readonly end: Int32Array;
}

/**
 * The closest pair of all first, then the closest of those left; without replacement, k:1 in rounds.
 * On a line the closest pair is always between neighbours, so a heap of neighbours suffices: O(n log n).
 * Ties by the participant's id, then by the control's.
 */
export function closestOnLine(nodes: Nodes, units: Units, ratio: number, caliper: number): Found {
  const found = nothingFound();
  const ranks = idRanks(units);
  const idOf = (unit: number) => (ranks === null ? unit : (ranks[unit] as number));
  const control = queuesOf(nodes.control, nodes.controlFrom, nodes.count);
  let asked = new Uint8Array(units.arm.length).fill(1);
  for (let round = 1; round <= ratio; round++) {
    const before = found.treated.length;
    closestRound(nodes, treatedQueues(nodes, asked), control, idOf, caliper, found);
    if (found.treated.length === before) break;
    asked = new Uint8Array(asked.length);
    for (const unit of found.treated.slice(before)) asked[unit] = 1;
  }
  return found;
}

function closestRound(
  nodes: Nodes,
  treated: Queues,
  control: Queues,
  idOf: (unit: number) => number,
  caliper: number,
  found: Found,
): void {
  const match = (t: number, c: number, distance: number) => add(found, take(treated, t), take(control, c), distance);
  for (let node = 0; node < nodes.count; node++)
    while (left(treated, node) && left(control, node)) match(node, node, 0);
  const { next, previous } = chained(nodes.count, (node) => left(treated, node) || left(control, node));
  const heap = candidateHeap();
  const offer = (from: number, to: number) => {
    if (from < 0 || to >= nodes.count || left(treated, from) === left(treated, to)) return;
    const [t, c] = left(treated, from) ? [from, to] : [to, from];
    if (!left(control, c)) return;
    const distance = nodeGap(nodes, from, to);
    if (!(distance <= caliper) || distance === Number.POSITIVE_INFINITY) return;
    heap.push({ distance, treatedId: idOf(head(treated, t)), controlId: idOf(head(control, c)), from, to });
  };
  const drop = (node: number) => {
    const [p, n] = [previous[node] as number, next[node] as number];
    next[node] = -1;
    if (p >= 0) next[p] = n;
    if (n < nodes.count) previous[n] = p;
    offer(p, n);
  };
  for (let node = 0; node < nodes.count; node++) if (next[node] !== -1) offer(node, next[node] as number);
  for (let best = heap.pop(); best !== undefined; best = heap.pop()) {
    const { from, to } = best;
    if (next[from] !== to) continue;
    const [t, c] = left(treated, from) ? [from, to] : [to, from];
    const stale = idOf(head(treated, t)) !== best.treatedId || idOf(head(control, c)) !== best.controlId;
    if (!stale) match(t, c, best.distance);
    const emptied = [t, c].filter((node) => !left(treated, node) && !left(control, node));
    for (const node of emptied) drop(node);
    if (emptied.length === 0) offer(from, to);
  }
}

function left({ cursor, end }: Queues, node: number): boolean {
  return (cursor[node] as number) < (end[node] as number);
}

function head({ items, cursor }: Queues, node: number): number {
  return items[cursor[node] as number] as number;
}

function take(queues: Queues, node: number): number {
  const unit = head(queues, node);
  queues.cursor[node] = (queues.cursor[node] as number) + 1;
  return unit;
}

function queuesOf(items: Int32Array, from: Int32Array, count: number): Queues {
  return { items, cursor: from.slice(0, count), end: from.slice(1, count + 1) };
}

/** Queues of the participants still asked. */
function treatedQueues(nodes: Nodes, asked: Uint8Array): Queues {
  const items = new Int32Array(nodes.treated.length);
  const from = new Int32Array(nodes.count + 1);
  let size = 0;
  for (let node = 0; node < nodes.count; node++) {
    from[node] = size;
    for (let i = nodes.treatedFrom[node] as number; i < (nodes.treatedFrom[node + 1] as number); i++) {
      const unit = nodes.treated[i] as number;
      if (asked[unit] === 1) items[size++] = unit;
    }
  }
  from[nodes.count] = size;
  return queuesOf(items, from, nodes.count);
}

/** A doubly linked list of the nodes that pass; next is -1 for the others, `count` after the last. */
function chained(count: number, passes: (node: number) => boolean) {
  const next = new Int32Array(count).fill(-1);
  const previous = new Int32Array(count).fill(-1);
  let last = -1;
  for (let node = 0; node < count; node++) {
    if (!passes(node)) continue;
    previous[node] = last;
    next[node] = count;
    if (last >= 0) next[last] = node;
    last = node;
  }
  return { next, previous };
}
