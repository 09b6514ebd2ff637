import type { Points } from "./distance-mahalanobis.ts";

const LEAF = 12;

/**
 * A k-d tree over some points: boxes that tightly hold their points, split at the median of the widest side.
 * Points that can be taken are counted, so that a box without free points is skipped.
 */
export interface Tree {
  readonly points: Points;
  /** Units, those of one box side by side. */
  readonly units: Int32Array;
  readonly boxes: readonly Box[];
  /** Points of each box that can still be taken. */
  readonly free: Int32Array;
  readonly taken: Uint8Array;
  /** Place of each unit in the order of the last coordinate and of ids, which breaks ties. */
  readonly place: Int32Array;
}

interface Box {
  readonly from: number;
  readonly to: number;
  readonly parent: number;
  /** Boxes of the two halves; -1 in a leaf. */
  left: number;
  right: number;
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** All its points are the same: they are in the order of ids, and only the outermost free ones matter. */
  readonly single: boolean;
  /** The free points of a single box lie in [low, high). */
  low: number;
  high: number;
}

/**
 * Squared distances, nearest first. Of two as near, the one more places away, above rather than below, as MatchIt does
 * (places along the last coordinate: what the covariates before don't explain of the last one).
 */
interface Nearest {
  readonly units: number[];
  readonly squares: number[];
}

/** Builds the tree; `members` are reordered into a new array. */
export function treeOf(points: Points, members: Int32Array, place: Int32Array): Tree {
  const units = Int32Array.from(members);
  const boxes: Box[] = [];
  const scratch = new Float64Array(units.length);
  const pending: [from: number, to: number, parent: number][] = units.length > 0 ? [[0, units.length, -1]] : [];
  for (let item = pending.pop(); item !== undefined; item = pending.pop()) {
    const [from, to, parent] = item;
    const index = boxes.length;
    const box = boxOf(points, units, from, to, parent);
    boxes.push(box);
    const above = boxes[parent];
    if (above !== undefined && above.from === from) above.left = index;
    else if (above !== undefined) above.right = index;
    if (box.single) units.subarray(from, to).sort((a, b) => (place[a] as number) - (place[b] as number));
    if (box.single || to - from <= LEAF) continue;
    const middle = split(points, units, box, scratch);
    pending.push([middle, to, index], [from, middle, index]);
  }
  const free = Int32Array.from(boxes, (box) => box.to - box.from);
  return { points, units, boxes, free, taken: new Uint8Array(units.length), place };
}

/**
 * The free points nearest to a unit, `most` of them or fewer, none with a squared distance beyond `limit`.
 * Boxes as near as the farthest found are looked at too, for ties.
 */
export function nearestInTree(tree: Tree, unit: number, most: number, limit: number): Nearest & { places: number[] } {
  const found = { units: [] as number[], squares: [] as number[], places: [] as number[] };
  const visit = (index: number): void => {
    const box = tree.boxes[index];
    if (box === undefined || tree.free[index] === 0) return;
    if (toBox(tree.points, unit, box) > bound(found, most, limit)) return;
    if (box.left < 0) {
      scan(tree, unit, box, most, limit, found);
      return;
    }
    const [a, b] = [tree.boxes[box.left] as Box, tree.boxes[box.right] as Box];
    const leftFirst = toBox(tree.points, unit, a) <= toBox(tree.points, unit, b);
    visit(leftFirst ? box.left : box.right);
    visit(leftFirst ? box.right : box.left);
  };
  visit(0);
  return found;
}

/** Marks the point at a place as taken, in its leaf and every box around it. */
export function takeFromTree(tree: Tree, place: number): void {
  tree.taken[place] = 1;
  for (let index = leafOf(tree, place); index >= 0; index = (tree.boxes[index] as Box).parent)
    tree.free[index] = (tree.free[index] as number) - 1;
}

function leafOf(tree: Tree, place: number): number {
  let index = 0;
  for (;;) {
    const { left, right } = tree.boxes[index] as Box;
    if (left < 0) return index;
    index = place < (tree.boxes[left] as Box).to ? left : right;
  }
}

function bound(found: Nearest, most: number, limit: number): number {
  return found.units.length < most ? limit : (found.squares[most - 1] as number);
}

/** Inserts a leaf's free points where they belong. */
function scan(tree: Tree, unit: number, box: Box, most: number, limit: number, found: Nearest & { places: number[] }) {
  const insert = (place: number) => insertPoint(tree, unit, place, most, limit, found);
  if (!box.single) {
    for (let place = box.from; place < box.to; place++) insert(place);
    return;
  }
  while (box.low < box.high && tree.taken[box.low] === 1) box.low++;
  while (box.low < box.high && tree.taken[box.high - 1] === 1) box.high--;
  const upTo = Math.min(box.high, box.low + most);
  for (let place = box.low; place < upTo; place++) insert(place);
  for (let place = Math.max(upTo, box.high - most); place < box.high; place++) insert(place);
}

function insertPoint(
  tree: Tree,
  unit: number,
  place: number,
  most: number,
  limit: number,
  found: Nearest & { places: number[] },
): void {
  if (tree.taken[place] === 1) return;
  const other = tree.units[place] as number;
  const square = squaredDistance(tree.points, unit, other);
  if (square > bound(found, most, limit)) return;
  let at = found.units.length;
  while (at > 0 && comesBefore(tree, unit, square, other, found, at - 1)) at--;
  if (at >= most) return;
  found.units.splice(at, 0, other);
  found.squares.splice(at, 0, square);
  found.places.splice(at, 0, place);
  if (found.units.length > most) for (const list of [found.units, found.squares, found.places]) list.pop();
}

function comesBefore(tree: Tree, unit: number, square: number, candidate: number, found: Nearest, at: number): boolean {
  const rival = found.squares[at] as number;
  if (square !== rival) return square < rival;
  const own = tree.place[unit] as number;
  const steps = (tree.place[candidate] as number) - own;
  const rivalSteps = (tree.place[found.units[at] as number] as number) - own;
  if (Math.abs(steps) !== Math.abs(rivalSteps)) return Math.abs(steps) > Math.abs(rivalSteps);
  return steps > rivalSteps;
}

/** Squared Euclidean distance of two points, summed dimension by dimension in their order. */
export function squaredDistance({ dimensions, coordinates }: Points, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const difference = (coordinates[a * dimensions + d] as number) - (coordinates[b * dimensions + d] as number);
    sum += difference * difference;
  }
  return sum;
}

/** Squared distance to the nearest point that the box could hold; summed as `squaredDistance`, so never above it. */
function toBox({ dimensions, coordinates }: Points, unit: number, box: Box): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) {
    const x = coordinates[unit * dimensions + d] as number;
    const outside = Math.max((box.least[d] as number) - x, x - (box.most[d] as number), 0);
    sum += outside * outside;
  }
  return sum;
}

function boxOf(points: Points, units: Int32Array, from: number, to: number, parent: number): Box {
  const { dimensions, coordinates } = points;
  const least = new Float64Array(dimensions).fill(Number.POSITIVE_INFINITY);
  const most = new Float64Array(dimensions).fill(Number.NEGATIVE_INFINITY);
  for (let i = from; i < to; i++)
    for (let d = 0; d < dimensions; d++) {
      const x = coordinates[(units[i] as number) * dimensions + d] as number;
      if (x < (least[d] as number)) least[d] = x;
      if (x > (most[d] as number)) most[d] = x;
    }
  const single = least.every((value, d) => value === most[d]);
  return { from, to, parent, left: -1, right: -1, least, most, single, low: from, high: to };
}

/** Sorts a box's units around the middle of its widest side; both halves hold at least one. */
function split({ dimensions, coordinates }: Points, units: Int32Array, box: Box, scratch: Float64Array): number {
  const widths = box.least.map((value, d) => (box.most[d] as number) - value);
  const widest = widths.indexOf(Math.max(...widths));
  const x = (unit: number) => coordinates[unit * dimensions + widest] as number;
  const values = scratch.subarray(0, box.to - box.from);
  for (let i = 0; i < values.length; i++) values[i] = x(units[box.from + i] as number);
  values.sort();
  const median = values[values.length >> 1] as number;
  const pivot = median > (values[0] as number) ? median : (values.find((value) => value > median) as number);
  let middle = box.from;
  for (let i = box.from; i < box.to; i++) {
    const unit = units[i] as number;
    if (x(unit) >= pivot) continue;
    units[i] = units[middle] as number;
    units[middle++] = unit;
  }
  return middle;
}
